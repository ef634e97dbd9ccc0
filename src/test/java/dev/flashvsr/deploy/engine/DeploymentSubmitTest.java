package dev.flashvsr.deploy.engine;

import static dev.flashvsr.deploy.engine.EngineFixture.box;
import static dev.flashvsr.deploy.engine.EngineFixture.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.hash.Sha256;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.secret.SecretTrace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a plan is handed over to a box, without one. */
@Timeout(20)
class DeploymentSubmitTest {
    private final EngineFixture engine;

    DeploymentSubmitTest(@TempDir Path directory) throws IOException {
        engine = new EngineFixture(directory);
    }

    @Test
    void aPlanIsLeftToTheBoxWithItsSecretsAsideAndTheConnectionClosed() throws Exception {
        AtomicReference<Map<String, String>> sent = new AtomicReference<>();
        ScriptedBox box = box().on("submit", (arguments, in, out) -> {
            assertThat(arguments).containsExactly("/w");
            sent.set(ScriptedBox.entries(in));
            ScriptedBox.entry(out, "started", "");
            return 0;
        });

        Result result = engine.deployment().submit(box, engine.plan());

        assertThat(result.word()).isEqualTo("detached");
        assertThat(result.run())
                .matches("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}")
                .isEqualTo(sent.get().get("bundle/run"));
        assertThat(sent.get())
                .containsEntry("@secret/HF_TOKEN", "hunter2-hunter2")
                .doesNotContainKey("@secret/OTHERS");
        assertThat(SecretTrace.parseAll(sent.get().get("secrets")))
                .singleElement()
                .satisfies(trace -> {
                    assertThat(trace.name()).isEqualTo("HF_TOKEN");
                    assertThat(trace.sha256())
                            .isEqualTo(Sha256.hex((trace.salt() + "hunter2-hunter2").getBytes(UTF_8)));
                });
        sent.get().forEach((name, text) -> {
            if (!name.startsWith("@secret/")) {
                assertThat(text).doesNotContain("hunter2");
            }
        });
        assertThat(box.closed).isEqualTo(1);
    }

    @Test
    void anotherPlansRunIsNamedWithItsOwner() throws Exception {
        ScriptedBox box = box().answering("submit", "refused", "run=r7\nplan=other\nwho=bob\nfrom=desk\nsince=1000\n");
        for (boolean detached : new boolean[] {true, false}) {
            box.closed = 0;
            Result result = detached
                    ? engine.deployment().submit(box, engine.plan())
                    : engine.deployment().run(box, engine.plan(), engine.survey());
            assertThat(result.word()).isEqualTo("busy");
            assertThat(result.run()).isEqualTo("r7");
            assertThat(((Result.Busy) result).holder().who()).isEqualTo("bob");
            assertThat(((Result.Busy) result).holder().from()).isEqualTo("desk");
            assertThat(((Result.Busy) result).holder().since()).contains(Instant.ofEpochSecond(1000));
            assertThat(box.closed).isEqualTo(1);
        }
    }

    @Test
    void aRunOfTheSamePlanIsLeftAloneOrJoined() throws Exception {
        Plan plan = engine.plan();
        ScriptedBox box = box().answering("submit", "refused", "run=r7\nplan=" + plan.identity() + "\nsince=x\n");
        box.on("follow", run("1 run-ended result=ok\n", Map.of(), "ended ok"));

        assertThat(engine.deployment().submit(box, plan)).isEqualTo(new Result.GoesOn("r7", "it was left to the box"));
        box.closed = 0;
        assertThat(engine.deployment().run(box, plan, engine.survey())).isEqualTo(new Result.Ended("r7", "ok"));
        assertThat(engine.heard(RunEvent.RunStarted.class)).singleElement().satisfies(started -> {
            assertThat(started.run()).isEqualTo("r7");
            assertThat(started.resumed()).isTrue();
        });
    }

    @Test
    void allSubmissionsOfAPlanAreOneAgreement() throws Exception {
        List<String> agreed = new ArrayList<>();
        ScriptedBox box = box().on("submit", (arguments, in, out) -> {
            agreed.add(ScriptedBox.entries(in).get("bundle/agreed"));
            ScriptedBox.entry(out, "started", "");
            return 0;
        });
        box.on(
                "follow",
                (arguments, in, out) -> run("1 run-started\n", Map.of(), agreed.size() < 3 ? "dead" : "ended ok")
                        .play(arguments, in, out));

        engine.deployment().run(box, engine.plan(), engine.survey());
        assertThat(agreed).hasSize(3).allMatch(each -> each.matches("[0-9a-f]{32}"));
        assertThat(agreed.stream().distinct()).hasSize(1);
    }

    @Test
    void whoJoinsARunSubmitsItAgainUnderItsAgreement() throws Exception {
        Plan plan = engine.plan();
        String agreement = "0123456789abcdef".repeat(2);
        List<String> agreed = new ArrayList<>();
        ScriptedBox box = box().on("submit", (arguments, in, out) -> {
            agreed.add(ScriptedBox.entries(in).get("bundle/agreed"));
            ScriptedBox.entry(
                    out,
                    agreed.size() == 1 ? "refused" : "started",
                    "run=r7\nplan=" + plan.identity() + "\nagreed=" + agreement + "\n");
            return 0;
        });
        box.on(
                "follow",
                (arguments, in, out) -> run("1 run-started\n", Map.of(), agreed.size() < 2 ? "dead" : "ended ok")
                        .play(arguments, in, out));

        engine.deployment().run(box, plan, engine.survey());
        assertThat(agreed).hasSize(2).element(1).isEqualTo(agreement);
        assertThat(agreed.get(0)).isNotEqualTo(agreement);
    }

    @Test
    void whyABoxDoesNotStartARunIsSaid() {
        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> engine.deployment()
                        .submit(box().answering("submit", "refused", "elsewhere=other-host\n"), engine.plan()))
                .withMessageContaining("in use by another machine: other-host")
                .matches(e -> e.exitCode() == ExitCode.BUSY);
        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> engine.deployment()
                        .submit(box().answering("submit", "refused", "error=the disk is full\n"), engine.plan()))
                .withMessageContaining("did not start the run: the disk is full")
                .matches(e -> e.exitCode() == ExitCode.FAILED);
        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> engine.deployment().submit(box().answering("submit"), engine.plan()))
                .withMessageContaining("it gave no reason");
    }

    /** The second box is the first one, reached again. */
    @Test
    void aRunThatBeganAlthoughItsAnswerWasLostIsNotSentAgain() throws Exception {
        AtomicReference<String> run = new AtomicReference<>("");
        ScriptedBox first = box().on("submit", (arguments, in, out) -> {
            run.set(ScriptedBox.entries(in).get("bundle/run"));
            throw new ScriptedBox.Cut();
        });
        ScriptedBox second = box().on("survey", (arguments, in, out) -> {
            ScriptedBox.entries(in);
            ScriptedBox.entry(out, "root", "/w");
            ScriptedBox.entry(out, "run/last", run.get() + "\n");
            return 0;
        });
        engine.dial.add(second);

        Result result = engine.deployment().submit(first, engine.plan());

        assertThat(result.run()).isEqualTo(run.get()).isNotEmpty();
        assertThat(second.played).containsExactly("survey");
        assertThat(first.closed).isEqualTo(1);
        assertThat(engine.heard(RunEvent.LinkLost.class)).hasSize(1);
        assertThat(engine.heard(RunEvent.LinkRestored.class)).hasSize(1);
    }

    @Test
    void aRunThatDidNotBeginIsSentAgain() throws Exception {
        ScriptedBox first = box().on("submit", (arguments, in, out) -> {
            in.readAllBytes(); // all of the plan: it may have begun
            throw new ScriptedBox.Cut();
        });
        ScriptedBox second = box();
        engine.dial.add(second);

        assertThat(engine.deployment().submit(first, engine.plan()).word()).isEqualTo("detached");
        assertThat(second.played).containsExactly("survey", "submit");
        assertThat(second.closed).isEqualTo(1);
    }

    @Test
    void aLinkThatDoesNotComeBackWhileSubmittingIsSaid() {
        ScriptedBox first = box().on("submit", (arguments, in, out) -> {
            in.readAllBytes(); // all of the plan
            throw new ScriptedBox.Cut();
        });
        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> engine.deployment().submit(first, engine.plan()))
                .withMessageContaining("broke when the plan had been handed over")
                .withMessageContaining("30 s")
                .matches(e -> e.exitCode() == ExitCode.DETACHED);
        assertThat(first.closed).isEqualTo(1);
    }
}
