package dev.flashvsr.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.checkpoint.Attempt;
import dev.flashvsr.deploy.checkpoint.History;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.Planner;
import dev.flashvsr.deploy.plan.Selection;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.PlaybookLoader;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of a box, and what is made of its answers, without one. */
@Timeout(20)
class EngineTest {
    private static final String NOW = "1000";

    @TempDir
    Path directory;

    private final List<RunEvent> heard = Collections.synchronizedList(new ArrayList<>());
    private final ManualClock clock = new ManualClock();
    private final Deque<Box> dial = new ArrayDeque<>();
    private Playbook playbook;

    @BeforeEach
    void playbook() throws IOException {
        Files.writeString(directory.resolve("playbook.yaml"), """
                version: 1
                name: small
                vars: {colour: red, size: "1"}
                steps:
                  - {id: a, title: First, check: 'true', run: 'true', inputs: [colour]}
                  - {id: b, title: Proof, check: 'true', run: 'true', verify: true}
                """);
        playbook = PlaybookLoader.load(directory);
    }

    private Surveyor surveyor() {
        return new Surveyor(playbook, Map.of("root", "/w", "colour", "blue", "size", "1"), new Random(1), clock);
    }

    private static ScriptedBox box() {
        return new ScriptedBox()
                .answering("survey", "root", "/w", "fact/now", NOW, "check/a", "no", "check/b", "no")
                .answering("submit", "started", "");
    }

    private Plan plan() {
        Survey survey = surveyor().survey(box(), false);
        return Planner.plan(playbook, Map.of("root", "/w"), Selection.ALL, survey.state(), History.NONE);
    }

    private Survey survey() {
        return surveyor().state(box());
    }

    private Context context() {
        return new Context(
                () -> Optional.ofNullable(dial.poll())
                        .orElseThrow(() -> new DeployException(ExitCode.UNREACHABLE, "nobody is there", "")),
                new Submitter("ann", "laptop"),
                Map.of("HF_TOKEN", Secret.of("hunter2-hunter2")),
                heard::add,
                text -> text.replace("hunter2-hunter2", "***"),
                tail -> Optional.of("look at " + tail.size()),
                Duration.ofSeconds(30),
                new Random(2),
                clock,
                clock);
    }

    private Deployment deployment() {
        return new Deployment(context());
    }

    private <T extends RunEvent> List<T> heard(Class<T> kind) {
        return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The follower of whatever run was submitted last. */
    private static ScriptedBox.Play run(String events, Map<String, String> logs, String runner) {
        return (arguments, in, out) -> {
            Map<String, String> files = new java.util.HashMap<>(logs);
            files.put("runs/" + arguments.get(2) + "/events", events);
            return ScriptedBox.following(files, runner).play(arguments, in, out);
        };
    }

    // ---- looking ----

    @Test
    void aSurveySendsEveryStepWithItsValuesAndAsksForNoMore() throws Exception {
        AtomicReference<Map<String, String>> sent = new AtomicReference<>();
        ScriptedBox box = new ScriptedBox().on("survey", (arguments, in, out) -> {
            sent.set(ScriptedBox.entries(in));
            ScriptedBox.entry(out, "root", "/w");
            ScriptedBox.entry(out, "fact/now", "1090");
            return 0;
        });
        clock.now = Instant.ofEpochSecond(1000);

        Survey survey = surveyor().survey(box, false);

        assertThat(survey.state().root()).isEqualTo("/w");
        assertThat(survey.boxAhead()).isEqualTo(Duration.ofSeconds(90));
        assertThat(sent.get())
                .containsEntry("root", "/w")
                .containsEntry("limit", "30")
                .containsEntry("steps", "a\nb\n")
                .containsEntry("steps/a/vars/colour", "blue")
                .containsEntry("library.sh", "")
                .containsKeys("steps/a/script.sh", "steps/b/script.sh")
                .doesNotContainKeys("deep", "steps/a/vars/size", "steps/b/vars/colour");

        surveyor().survey(box, true);
        assertThat(sent.get()).containsEntry("deep", "1");

        surveyor().state(box);
        assertThat(sent.get()).containsEntry("steps", "").doesNotContainKeys("deep", "steps/a/script.sh");
    }

    @Test
    void aBoxThatDoesNotTellTheTimeIsNotAhead() {
        ScriptedBox box = new ScriptedBox().answering("survey", "root", "/w", "fact/now", "noon");
        assertThat(surveyor().state(box).boxAhead()).isZero();
    }

    @Test
    void aSurveyThatFailsIsSaid() {
        ScriptedBox box = new ScriptedBox().on("survey", (arguments, in, out) -> {
            out.write("no room\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return 3;
        });
        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> surveyor().state(box))
                .withMessageContaining("Can't look at the box")
                .withMessageContaining("no room");
    }

    // ---- cancelling ----

    @Test
    void cancellingSaysWhatEnded() {
        ScriptedBox box = new ScriptedBox().answering("cancel", "cancelled", "r1\n", "ended/a", "", "ended/b", "");

        assertThat(new Canceller(new Random(1)).cancel(box, "/w")).contains(new Cancelled("r1", List.of("a", "b")));
        assertThat(new Canceller(new Random(1)).cancel(new ScriptedBox().answering("cancel"), "/w"))
                .isEmpty();
    }

    // ---- submitting ----

    @Test
    void aPlanIsLeftToTheBoxWithItsSecretsAsideAndTheConnectionClosed() throws Exception {
        AtomicReference<Map<String, String>> sent = new AtomicReference<>();
        ScriptedBox box = box().on("submit", (arguments, in, out) -> {
            assertThat(arguments).containsExactly("/w");
            sent.set(ScriptedBox.entries(in));
            ScriptedBox.entry(out, "started", "");
            return 0;
        });

        Result result = deployment().submit(box, plan());

        assertThat(result.word()).isEqualTo("detached");
        assertThat(result.run())
                .matches("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}")
                .isEqualTo(sent.get().get("bundle/run"));
        assertThat(sent.get()).containsEntry("@secret/HF_TOKEN", "hunter2-hunter2");
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
            Result result =
                    detached ? deployment().submit(box, plan()) : deployment().run(box, plan(), survey());
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
        Plan plan = plan();
        ScriptedBox box = box().answering("submit", "refused", "run=r7\nplan=" + plan.identity() + "\nsince=x\n");
        box.on("follow", run("1 run-ended result=ok\n", Map.of(), ""));

        assertThat(deployment().submit(box, plan)).isEqualTo(new Result.GoesOn("r7", "it was left to the box"));
        box.closed = 0;
        assertThat(deployment().run(box, plan, survey())).isEqualTo(new Result.Ended("r7", "ok"));
        assertThat(heard(RunEvent.RunStarted.class)).singleElement().satisfies(started -> {
            assertThat(started.run()).isEqualTo("r7");
            assertThat(started.resumed()).isTrue();
        });
    }

    @Test
    void whyABoxDoesNotStartARunIsSaid() {
        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() ->
                        deployment().submit(box().answering("submit", "refused", "elsewhere=other-host\n"), plan()))
                .withMessageContaining("in use by another machine: other-host")
                .matches(e -> e.exitCode() == ExitCode.BUSY);
        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() ->
                        deployment().submit(box().answering("submit", "refused", "error=the disk is full\n"), plan()))
                .withMessageContaining("did not start the run: the disk is full")
                .matches(e -> e.exitCode() == ExitCode.FAILED);
        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> deployment().submit(box().answering("submit"), plan()))
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
        dial.add(second);

        Result result = deployment().submit(first, plan());

        assertThat(result.run()).isEqualTo(run.get()).isNotEmpty();
        assertThat(second.played).containsExactly("survey");
        assertThat(first.closed).isEqualTo(1);
        assertThat(heard(RunEvent.LinkLost.class)).hasSize(1);
        assertThat(heard(RunEvent.LinkRestored.class)).hasSize(1);
    }

    @Test
    void aRunThatDidNotBeginIsSentAgain() throws Exception {
        ScriptedBox first = box().on("submit", (arguments, in, out) -> {
            throw new ScriptedBox.Cut();
        });
        ScriptedBox second = box();
        dial.add(second);

        assertThat(deployment().submit(first, plan()).word()).isEqualTo("detached");
        assertThat(second.played).containsExactly("survey", "submit");
        assertThat(second.closed).isEqualTo(1);
    }

    @Test
    void aLinkThatDoesNotComeBackWhileSubmittingIsSaid() {
        ScriptedBox first = box().on("submit", (arguments, in, out) -> {
            throw new ScriptedBox.Cut();
        });
        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> deployment().submit(first, plan()))
                .withMessageContaining("broke when the plan had been handed over")
                .withMessageContaining("30 s")
                .matches(e -> e.exitCode() == ExitCode.DETACHED);
        assertThat(first.closed).isEqualTo(1);
    }

    // ---- following ----

    @Test
    void aRunIsFollowedToItsEndAndItsProofIsTold() throws Exception {
        ScriptedBox box = box();
        box.on("follow", run("""
                        1 run-started
                        1 skipped a reason=renewed
                        2 started b attempt=1 why=run log=l
                        5 finished b attempt=1 seconds=3
                        6 run-ended result=ok
                        """, Map.of("l", "one\nmeasured hunter2-hunter2\n"), ""));

        Result result = deployment().run(box, plan(), survey());

        assertThat(result).isInstanceOf(Result.Ended.class);
        assertThat(result.word()).isEqualTo("ok");
        assertThat(heard(RunEvent.StepOutput.class))
                .extracting(RunEvent.StepOutput::line)
                .containsExactly("one", "measured ***");
        assertThat(heard(RunEvent.StepFinished.class))
                .extracting(RunEvent.StepFinished::took)
                .containsExactly(Duration.ofSeconds(3));
        assertThat(heard(RunEvent.Notice.class))
                .extracting(RunEvent.Notice::text)
                .containsExactly("b says: measured ***");
        assertThat(heard(RunEvent.StepSkipped.class))
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
                        """, Map.of("l", "x\nthe disk fell off\n"), ""));

        assertThat(deployment().run(box, plan(), survey()).word()).isEqualTo("failed");

        assertThat(heard(RunEvent.StepRetrying.class)).singleElement().satisfies(retrying -> {
            assertThat(retrying.exit()).isEqualTo("75");
            assertThat(retrying.pause()).isEqualTo(Duration.ofSeconds(10));
        });
        assertThat(heard(RunEvent.StepFailed.class)).singleElement().satisfies(failed -> {
            assertThat(failed.exit()).isEqualTo("9");
            assertThat(failed.cause()).isEqualTo("exit");
            assertThat(failed.took()).isEqualTo(Duration.ofSeconds(7));
            assertThat(failed.diagnosis()).isPresent();
        });
        assertThat(heard(RunEvent.StepBlocked.class))
                .extracting(RunEvent.StepBlocked::by)
                .containsExactly("a");
    }

    @Test
    void aRunnerThatDiesAgainAndAgainIsGivenUpAfterThreeMore() {
        ScriptedBox box = box();
        box.on("follow", run("1 run-started\n", Map.of(), "dead"));

        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> deployment().run(box, plan(), survey()))
                .withMessageContaining("It died 4 times")
                .matches(e -> e.exitCode() == ExitCode.FAILED);
        assertThat(box.played.stream().filter("submit"::equals)).hasSize(4);
        assertThat(heard(RunEvent.Notice.class)).hasSize(3);
        assertThat(box.closed).isPositive();
    }

    @Test
    void whoOnlyLooksOnSubmitsNothingWhenTheRunnerDies() {
        ScriptedBox box = box();
        box.on("follow", run("1 run-started\n", Map.of(), "dead"));

        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> deployment().attach(box, plan(), "r7", survey()))
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
                        ""));

        assertThat(deployment().attach(box, plan(), "r7", survey())).isEqualTo(new Result.Ended("r7", "cancelled"));
    }

    @Test
    void aLinkThatIsGoneForGoodLeavesTheRunToTheBox() throws Exception {
        ScriptedBox box = box();
        box.on("follow", (arguments, in, out) -> {
            throw new ScriptedBox.Cut();
        });

        Result result = deployment().run(box, plan(), survey());

        assertThat(result).isInstanceOf(Result.GoesOn.class);
        assertThat(((Result.GoesOn) result).why()).contains("not back within 30 s", "goes on");
    }

    // ---- logs ----

    private static final Attempt ATTEMPT = new Attempt(
            "r1",
            2,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            "");
    private static final String LOG = "runs/r1/steps/a/2/log";

    private List<String> log(ScriptedBox box, boolean follow) {
        List<String> lines = new ArrayList<>();
        new LogReader(context()).read(box, "/w", ATTEMPT, "a", "r9", follow, lines::add);
        return lines;
    }

    @Test
    void aLogIsReadAsFarAsItGoes() {
        ScriptedBox box = new ScriptedBox()
                .on("follow", ScriptedBox.following(Map.of(LOG, "one\n50 %\rtwo hunter2-hunter2\nlast"), ""));
        assertThat(log(box, false)).containsExactly("one", "two ***", "last");
    }

    @Test
    void aLogIsFollowedUntilItsAttemptEnds() {
        String others = "1 finished b attempt=2\n2 failed a attempt=1\n";
        for (String end : List.of("finished", "failed", "retrying")) {
            ScriptedBox box = new ScriptedBox()
                    .on(
                            "follow",
                            ScriptedBox.following(
                                    Map.of(LOG, "one\n", "runs/r9/events", others + "3 " + end + " a attempt=2\n"),
                                    "alive"));
            assertThat(log(box, true)).containsExactly("one");
        }
    }

    @Test
    void aLogIsLeftWhenNobodyLooksAfterItsAttemptAnyMore() {
        ScriptedBox box = new ScriptedBox()
                .on("follow", ScriptedBox.following(Map.of(LOG, "one\n", "runs/r9/events", ""), "dead"));
        assertThat(log(box, true)).containsExactly("one");
    }

    @Test
    void anotherCallersSecretIsKnownByItsTrace() throws Exception {
        String hash = java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                        .digest("salthf_theirs".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        ScriptedBox box = new ScriptedBox()
                .on(
                        "follow",
                        ScriptedBox.following(
                                Map.of(LOG, "it is hf_theirs\n", "runs/r1/secrets", "HF_TOKEN 9 salt " + hash + "\n"),
                                ""));
        assertThat(log(box, false)).containsExactly("it is [secret]");
    }

    @Test
    void aLogThatBreaksOffIsALostLink() {
        ScriptedBox box = new ScriptedBox().on("follow", (arguments, in, out) -> 0);
        assertThatExceptionOfType(LinkLostException.class)
                .isThrownBy(() -> log(box, false))
                .withMessageContaining("before its end");
        ScriptedBox cut = new ScriptedBox().on("follow", (arguments, in, out) -> {
            ScriptedBox.frame(out, arguments.get(1), "x", 0, "y");
            throw new ScriptedBox.Cut();
        });
        assertThatExceptionOfType(LinkLostException.class).isThrownBy(() -> log(cut, false));
    }

    @Test
    void functionsOfStepsAreAskedWithWhatTheirChecksGet() {
        Map<String, String> sent = new java.util.LinkedHashMap<>();
        ScriptedBox box = new ScriptedBox().on("call", (arguments, in, out) -> {
            sent.putAll(ScriptedBox.entries(in));
            ScriptedBox.entry(out, "call/a", "one\ntwo\n");
            ScriptedBox.entry(out, "call/a/exit", "0");
            ScriptedBox.entry(out, "call/b", "half");
            ScriptedBox.entry(out, "call/b/exit", "timeout");
            return 0;
        });
        Plan plan = plan();

        assertThat(new StepFunctions(new Random(1)).call(box, plan, plan.steps(), "downloads"))
                .isEqualTo(Map.of("a", List.of("one", "two")));
        assertThat(sent)
                .containsEntry("root", "/w")
                .containsEntry("function", "downloads")
                .containsEntry("limit", "30")
                .containsEntry("steps", "a\nb\n")
                .containsEntry("steps/a/vars/colour", "red")
                .doesNotContainKey("steps/a/vars/root")
                .doesNotContainKey("steps/a/vars/STEP_OFFERED");

        new StepFunctions(new Random(1)).call(box, plan, plan.steps(), "downloads", Map.of("a", "a key"));

        assertThat(sent)
                .containsEntry("steps/a/vars/STEP_OFFERED", "a key")
                .doesNotContainKey("steps/b/vars/STEP_OFFERED");
    }
}
