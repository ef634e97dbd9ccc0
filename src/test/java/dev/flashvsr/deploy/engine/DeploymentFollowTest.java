package dev.flashvsr.deploy.engine;

import static dev.flashvsr.deploy.engine.EngineFixture.box;
import static dev.flashvsr.deploy.engine.EngineFixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a run is followed to its end, without a box. */
@Timeout(20)
class DeploymentFollowTest {
    private final EngineFixture engine;

    DeploymentFollowTest(@TempDir Path directory) throws IOException {
        engine = new EngineFixture(directory);
    }

    @Test
    void aRunIsFollowedToItsEndAndItsProofIsTold() throws Exception {
        ScriptedBox box = box();
        box.on("follow", run("""
                        1 run-started
                        1 skipped a reason=renewed
                        2 started b attempt=1 why=run log=l
                        5 finished b attempt=1 seconds=3
                        6 run-ended result=ok
                        """, Map.of("l", "one\nmeasured hunter2-hunter2\n"), "ended ok"));

        Result result = engine.deployment().run(box, engine.plan(), engine.survey());

        assertThat(result).isInstanceOf(Result.Ended.class);
        assertThat(result.word()).isEqualTo("ok");
        assertThat(engine.heard(RunEvent.StepOutput.class))
                .extracting(RunEvent.StepOutput::line)
                .containsExactly("one", "measured ***");
        assertThat(engine.heard(RunEvent.StepFinished.class))
                .extracting(RunEvent.StepFinished::took)
                .containsExactly(Duration.ofSeconds(3));
        assertThat(engine.heard(RunEvent.Notice.class))
                .extracting(RunEvent.Notice::text)
                .containsExactly("b says: measured ***");
        assertThat(engine.heard(RunEvent.StepSkipped.class))
                .extracting(RunEvent.StepSkipped::reason)
                .containsExactly("as wanted; its script changed, its result did not");
        assertThat(box.closed).isEqualTo(1);
    }

    @Test
    void aFailureIsToldWithItsTailAndWhatIsKnownOfIt() throws Exception {
        ScriptedBox box = box();
        box.on("follow", run("""
                        2 started a attempt=2 why=resume log=l
                        4 retrying a attempt=2 exit=75 in=10
                        5 failed a attempt=3 exit=9 cause=exit seconds=7
                        5 blocked b by=a
                        6 run-ended result=failed
                        """, Map.of("l", "x\nthe disk fell off\n"), "ended failed"));

        assertThat(engine.deployment().run(box, engine.plan(), engine.survey()).word())
                .isEqualTo("failed");

        assertThat(engine.heard(RunEvent.StepRetrying.class)).singleElement().satisfies(retrying -> {
            assertThat(retrying.exit()).isEqualTo("75");
            assertThat(retrying.pause()).isEqualTo(Duration.ofSeconds(10));
        });
        assertThat(engine.heard(RunEvent.StepFailed.class)).singleElement().satisfies(failed -> {
            assertThat(failed.exit()).isEqualTo("9");
            assertThat(failed.cause()).isEqualTo("exit");
            assertThat(failed.took()).isEqualTo(Duration.ofSeconds(7));
            assertThat(failed.diagnosis()).isPresent();
        });
        assertThat(engine.heard(RunEvent.StepBlocked.class))
                .extracting(RunEvent.StepBlocked::by)
                .containsExactly("a");
    }

    @Test
    void aRunnerThatDiesAgainAndAgainIsGivenUpAfterThreeMore() {
        ScriptedBox box = box();
        box.on("follow", run("1 run-started\n", Map.of(), "dead"));

        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> engine.deployment().run(box, engine.plan(), engine.survey()))
                .withMessageContaining("It died 4 times")
                .matches(e -> e.exitCode() == ExitCode.FAILED);
        assertThat(box.played.stream().filter("submit"::equals)).hasSize(4);
        assertThat(engine.heard(RunEvent.Notice.class)).hasSize(3);
        assertThat(box.closed).isPositive();
    }

    @Test
    void whoOnlyLooksOnSubmitsNothingWhenTheRunnerDies() {
        ScriptedBox box = box();
        box.on("follow", run("1 run-started\n", Map.of(), "dead"));

        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> engine.deployment().attach(box, engine.plan(), "r7", engine.survey()))
                .withMessageContaining("is gone without an end");
        assertThat(box.played).doesNotContain("submit");
        assertThat(box.closed).isPositive();
    }

    @Test
    void aRunIsAttachedToByItsName() throws Exception {
        ScriptedBox box = box();
        box.on(
                "follow",
                ScriptedBox.following(
                        Map.of(
                                "runs/r7/events",
                                "990 started a attempt=1 why=run log=l\n991 run-ended result=cancelled\n",
                                "l",
                                "word\n"),
                        "ended cancelled"));

        assertThat(engine.deployment().attach(box, engine.plan(), "r7", engine.survey()))
                .isEqualTo(new Result.Ended("r7", "cancelled"));
    }

    @Test
    void aLinkThatIsGoneForGoodLeavesTheRunToTheBox() throws Exception {
        ScriptedBox box = box();
        box.on("follow", (arguments, in, out) -> {
            throw new ScriptedBox.Cut();
        });

        Result result = engine.deployment().run(box, engine.plan(), engine.survey());

        assertThat(result).isInstanceOf(Result.GoesOn.class);
        assertThat(((Result.GoesOn) result).why()).contains("not back within 30 s", "goes on");
    }
}
