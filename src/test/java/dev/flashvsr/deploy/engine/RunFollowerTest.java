package dev.flashvsr.deploy.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.playbook.PlaybookLoader;
import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.problem.DeployException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFollowerTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000);
    private static final String EVENTS = "runs/r1/events";
    private static final String LOG = "runs/r1/steps/a/1/log";

    private final List<RunEvent> heard = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final FollowRequests requests = new FollowRequests() {
        @Override
        public void follow(String path, long offset) {
            asked.add("follow " + path + " " + offset);
        }

        @Override
        public void drop(String path) {
            asked.add("drop " + path);
        }
    };

    private final Map<String, Step> steps;

    RunFollowerTest(@TempDir Path directory) throws IOException {
        StringBuilder playbook = new StringBuilder("version: 1\nname: many\nsteps:\n");
        List<String> ids = new ArrayList<>(List.of("a", "b", "x"));
        IntStream.range(0, 200).forEach(i -> ids.add("s" + i));
        ids.forEach(id -> playbook.append("  - {id: " + id + ", needs: [], check: 'true', run: 'true'}\n"));
        Files.writeString(directory.resolve("playbook.yaml"), playbook);
        steps = PlaybookLoader.load(directory).steps().stream()
                .collect(Collectors.toMap(Step::id, Function.identity()));
    }

    private RunFollower follower(boolean catchUp) {
        return new RunFollower(
                "r1",
                steps,
                catchUp,
                Duration.ZERO,
                heard::add,
                text -> text.replace("hunter2", "***"),
                tail -> Optional.empty(),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static FollowFrame bytes(String path, long offset, String text) {
        return new FollowFrame.Bytes(path, offset, text.getBytes(UTF_8));
    }

    @Test
    void aRunThatStopsByItselfSaysWhy() {
        RunFollower follower = follower(false);
        follower.connected(requests);
        follower.frame(
                bytes(EVENTS, 0, "2 run-ended result=failed why=no%20inodes%20left%20at%20/a_b:%20100%25\n"), requests);

        assertThat(heard).contains(new RunEvent.Notice(NOW, "The run stopped: no inodes left at /a_b: 100%."));
        follower.frame(new FollowFrame.Runner("ended failed"), requests);
        assertThat(follower.result()).contains("failed");
    }

    @Test
    void tellsTheEndOfAStepOnlyAfterTheLastLineOfItsLog() {
        RunFollower follower = follower(false);
        follower.connected(requests);
        follower.frame(
                bytes(
                        EVENTS,
                        0,
                        "990 started a attempt=1 why=run log=" + LOG + "\n999 finished a attempt=1 seconds=9\n"),
                requests);
        assertThat(asked).containsExactly("follow " + EVENTS + " 0", "follow " + LOG + " 0", "drop " + LOG);
        follower.frame(bytes(LOG, 0, "one\ntw"), requests);
        follower.frame(bytes(LOG, 6, "o"), requests);
        assertThat(heard).noneMatch(event -> event instanceof RunEvent.StepFinished);
        follower.frame(new FollowFrame.Dropped(LOG), requests);
        assertThat(heard)
                .containsExactly(
                        new RunEvent.StepStarted(NOW, "a", 1, "run"),
                        new RunEvent.StepOutput(NOW, "a", "one"),
                        new RunEvent.StepOutput(NOW, "a", "two"),
                        new RunEvent.StepFinished(NOW, "a", 1, Duration.ofSeconds(9)));
    }

    @Test
    void theRunIsOverOnlyWhenEveryLogHasCome() {
        RunFollower follower = follower(false);
        follower.connected(requests);
        follower.frame(
                bytes(
                        EVENTS,
                        0,
                        "1 started a attempt=1 why=run log=" + LOG
                                + "\n2 failed a attempt=1 exit=1 cause=exit seconds=1\n2 run-ended result=failed\n"),
                requests);
        assertThat(follower.result()).isEmpty();
        follower.frame(bytes(LOG, 0, "pw hunter2\n"), requests);
        follower.frame(new FollowFrame.Dropped(LOG), requests);
        assertThat(follower.result()).as("before the box's own record of it").isEmpty();
        follower.frame(new FollowFrame.Runner("ended failed"), requests);
        assertThat(follower.result()).contains("failed");
        assertThat(heard)
                .contains(new RunEvent.StepFailed(
                        NOW, "a", 1, "1", "exit", Duration.ofSeconds(1), List.of("pw ***"), Optional.empty()));
    }

    @Test
    void afterALostLinkNoLineComesTwiceOrNotAtAll() {
        RunFollower follower = follower(false);
        follower.connected(requests);
        String events = "1 started a attempt=1 why=run log=" + LOG + "\n2 fin";
        follower.frame(bytes(EVENTS, 0, events), requests);
        follower.frame(bytes(LOG, 0, "one\ntw"), requests);
        asked.clear();
        follower.connected(requests);
        assertThat(asked).containsExactly("follow " + EVENTS + " " + events.length(), "follow " + LOG + " 6");
        follower.frame(bytes(LOG, 4, "two\nthree\n"), requests);
        assertThat(heard.stream()
                        .filter(RunEvent.StepOutput.class::isInstance)
                        .map(event -> ((RunEvent.StepOutput) event).line()))
                .containsExactly("one", "two", "three");
    }

    @Test
    void aRunThatBeganWithoutUsIsToldInShortAndItsRunningStepIsReattached() {
        RunFollower follower = follower(true);
        follower.connected(requests);
        String history =
                "900 run-started\n901 skipped x reason=same\n901 started a attempt=1 why=run log=runs/r1/steps/a/1/log\n"
                        + "950 finished a attempt=1 seconds=49\n960 started b attempt=2 why=resume log=runs/r1/steps/b/2/log\n";
        follower.frame(new FollowFrame.Idle(), requests);
        follower.frame(bytes(EVENTS, 0, history), requests);
        assertThat(heard).isEmpty();
        follower.frame(new FollowFrame.Runner("alive"), requests);
        assertThat(heard)
                .containsExactly(
                        new RunEvent.StepSkipped(NOW, "x", "as wanted"),
                        new RunEvent.StepFinished(NOW, "a", 1, Duration.ofSeconds(49)),
                        new RunEvent.StepReattached(NOW, "b", 2, Duration.ofSeconds(40)));
        assertThat(asked).containsExactly("follow " + EVENTS + " 0", "follow runs/r1/steps/b/2/log -65536");
    }

    @Test
    void whatFailedBeforeWeCameIsToldWithItsLastWordsAndBeforeWhatItBlocked() {
        RunFollower follower = follower(true);
        follower.connected(requests);
        String history = "900 run-started\n901 started b attempt=1 why=run log=runs/r1/steps/b/1/log\n"
                + "902 started a attempt=1 why=run log=" + LOG + "\n"
                + "950 failed a attempt=1 exit=3 cause=exit seconds=48\n950 blocked x by=a\n";
        follower.frame(bytes(EVENTS, 0, history), requests);
        follower.frame(new FollowFrame.Runner("dead"), requests);
        assertThat(asked).containsExactly("follow " + EVENTS + " 0", "follow " + LOG + " -8192", "drop " + LOG);
        assertThat(follower.runnerDead()).as("before all was told").isFalse();
        follower.frame(bytes(LOG, 100, "it broke\n"), requests);
        follower.frame(new FollowFrame.Dropped(LOG), requests);
        assertThat(heard)
                .containsExactly(
                        new RunEvent.StepOutput(NOW, "a", "it broke"),
                        new RunEvent.StepFailed(
                                NOW,
                                "a",
                                1,
                                "3",
                                "exit",
                                Duration.ofSeconds(48),
                                List.of("it broke"),
                                Optional.empty()),
                        new RunEvent.StepBlocked(NOW, "x", "a"),
                        new RunEvent.StepReattached(NOW, "b", 1, Duration.ofSeconds(99)));
        assertThat(follower.runnerDead()).isTrue();
    }

    @Test
    void aDeadRunnerIsNoticedUnlessTheRunHasAnEnd() {
        RunFollower follower = follower(false);
        follower.frame(new FollowFrame.Runner("alive"), requests);
        assertThat(follower.runnerDead()).isFalse();
        follower.frame(new FollowFrame.Runner("dead"), requests);
        assertThat(follower.runnerDead()).isTrue();
        follower.frame(bytes(EVENTS, 0, "2 run-ended result=ok\n"), requests);
        assertThat(follower.runnerDead()).as("a step can write that").isTrue();
        follower.frame(new FollowFrame.Runner("ended ok"), requests);
        assertThat(follower.runnerDead()).isFalse();
        assertThat(follower.result()).contains("ok");
    }

    @Test
    void aForgedEndIsHeldAgainstTheBoxsOwnRecord() {
        RunFollower follower = follower(false);
        follower.connected(requests);
        follower.frame(bytes(EVENTS, 0, "1 finished a attempt=1 seconds=1\n1 run-ended result=ok\n"), requests);
        assertThat(follower.result()).isEmpty();
        follower.frame(new FollowFrame.Runner("ended failed"), requests);
        assertThat(follower.result()).contains("failed");
    }

    @Test
    void aFailureWhoseRecordCouldNotBeWrittenIsAnEnd() {
        RunFollower follower = follower(false);
        follower.connected(requests);
        follower.frame(bytes(EVENTS, 0, "1 run-ended result=failed\n"), requests);
        follower.frame(new FollowFrame.Runner("dead"), requests);
        assertThat(follower.result()).contains("failed");
    }

    @Test
    void aStoppedRunnerIsToldOnce() {
        RunFollower follower = follower(false);
        follower.connected(requests);
        for (String state : List.of("alive", "stopped", "stopped", "alive")) {
            follower.frame(new FollowFrame.Runner(state), requests);
        }
        assertThat(heard).singleElement().isInstanceOf(RunEvent.Notice.class);
        assertThat(follower.runnerDead()).isFalse();
    }

    @Test
    void timesOfTenDigitsAreRead() {
        RunFollower follower = follower(false);
        follower.connected(requests);
        follower.frame(bytes(EVENTS, 0, "990 taken-over a attempt=1 log=" + LOG + " started=940\n"), requests);
        long now = 1_796_074_695L;
        RunFollower later = new RunFollower(
                "r1",
                steps,
                false,
                Duration.ofSeconds(now - NOW.getEpochSecond()),
                heard::add,
                text -> text,
                tail -> Optional.empty(),
                Clock.fixed(NOW, ZoneOffset.UTC));
        String event = now + " taken-over a attempt=1 log=" + LOG + " started=" + (now - 60) + "\n";
        later.frame(bytes(EVENTS, 0, event), requests);
        String unknown = now + " taken-over b attempt=1 log=l started=0\n";
        later.frame(bytes(EVENTS, event.length(), unknown), requests);
        assertThat(heard)
                .containsExactly(
                        new RunEvent.StepReattached(NOW, "a", 1, Duration.ofSeconds(60)),
                        new RunEvent.StepReattached(NOW, "a", 1, Duration.ofSeconds(60)),
                        new RunEvent.StepReattached(NOW, "b", 1, Duration.ZERO));
    }

    @Test
    void onlyStepsOfThePlanAndThoseTakenOverAreTold() {
        RunFollower follower = follower(false);
        follower.connected(requests);
        follower.frame(
                bytes(
                        EVENTS,
                        0,
                        "1 skipped stranger reason=same\n1 failed other attempt=1 exit=1 cause=exit seconds=1\n"
                                + "1 blocked other by=x\n1 taken-over guest attempt=3 log=l started=1\n"
                                + "2 failed guest attempt=3 exit=1 cause=exit seconds=1\n"),
                requests);
        follower.frame(new FollowFrame.Dropped("l"), requests);
        assertThat(heard).hasSize(2);
        assertThat(heard.get(0)).isInstanceOf(RunEvent.StepReattached.class);
        assertThat(heard.get(1)).isInstanceOf(RunEvent.StepFailed.class);
    }

    @Test
    void foreignStepsWithoutEndAreNoRun() {
        RunFollower follower = follower(true);
        follower.connected(requests);
        StringBuilder events = new StringBuilder();
        IntStream.range(0, 600).forEach(i -> events.append("1 taken-over guest" + i + " attempt=1 log=l started=1\n"));
        assertThatThrownBy(() -> follower.frame(bytes(EVENTS, 0, events.toString()), requests))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("steps of other plans");
    }

    @Test
    void whatIsNoEventIsPassedOver() {
        RunFollower follower = follower(false);
        follower.frame(bytes(EVENTS, 0, "rubbish\n\n99999999999999 x\n1 a=b\n5 skipped\n"), requests);
        assertThat(follower.result()).isEmpty();
    }

    @Test
    void eventsWithoutEndAreNotKept() {
        RunFollower follower = follower(true);
        follower.connected(requests);
        String events = "990 skipped a reason=x\n".repeat(2_000);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        follower.frame(bytes(EVENTS, (long) i * events.length(), events), requests);
                    }
                })
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("more events than any run has");
    }

    @Test
    void aLongRunIsNoTooLongOne() {
        RunFollower follower = follower(false);
        follower.connected(requests);
        StringBuilder lines = new StringBuilder();
        IntStream.range(0, 200).forEach(i -> lines.append("990 skipped s" + i + " reason=x\n"));
        String events = lines.toString().repeat(10);
        for (int i = 0; i < 100; i++) {
            follower.frame(bytes(EVENTS, (long) i * events.length(), events), requests);
        }
        assertThat(heard).hasSize(200_000);
    }

    @Test
    void stepsWithoutNumberAreNotFollowed() {
        RunFollower follower = follower(false);
        follower.connected(requests);
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            events.append("990 started s" + i + " attempt=1 why=run log=l" + i + "\n");
        }
        assertThatThrownBy(() -> follower.frame(bytes(EVENTS, 0, events.toString()), requests))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("more steps at once");
    }
}
