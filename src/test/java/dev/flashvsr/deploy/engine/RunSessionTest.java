package dev.flashvsr.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.box.LoginRefusedException;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RunSessionTest {
    private static final FollowFrame END = new FollowFrame.Runner("ended ok");

    private final ManualClock clock = new ManualClock();
    private final List<RunEvent> heard = new ArrayList<>();
    private final FakeBox first = new FakeBox();
    private final List<FakeBox> dialled = new ArrayList<>();
    private final Deque<Supplier<Box>> dial = new ArrayDeque<>();
    private final Deque<Object> links = new ArrayDeque<>();
    private int linksClosed;

    /** Frames, and then an end of the channel (nothing) or an exception. */
    private record Link(List<FollowFrame> frames, Optional<IOException> end) {}

    private static Link link(FollowFrame... frames) {
        return new Link(List.of(frames), Optional.empty());
    }

    private static Link broken(FollowFrame... frames) {
        return new Link(List.of(frames), Optional.of(new IOException("reset")));
    }

    private Box box() {
        FakeBox box = new FakeBox();
        dialled.add(box);
        return box;
    }

    private FollowLink open(Box box) {
        Object next = links.isEmpty() ? new LinkLostException("no follower") : links.removeFirst();
        if (next instanceof RuntimeException failure) {
            throw failure;
        }
        Link script = (Link) next;
        Deque<FollowFrame> frames = new ArrayDeque<>(script.frames());
        return new FollowLink() {
            @Override
            public FollowRequests requests() {
                return new FollowRequests() {
                    @Override
                    public void follow(String path, long offset) {}

                    @Override
                    public void drop(String path) {}
                };
            }

            @Override
            public Optional<FollowFrame> next() throws IOException {
                if (frames.isEmpty() && script.end().isPresent()) {
                    throw script.end().get();
                }
                return Optional.ofNullable(frames.pollFirst());
            }

            @Override
            public void close() {
                linksClosed++;
            }
        };
    }

    private RunSession.Outcome follow(Duration limit, Object... opened) throws InterruptedException {
        links.addAll(Arrays.asList(opened));
        Dial dialler = () -> dial.isEmpty() ? box() : dial.removeFirst().get();
        RunSession session = new RunSession(new Reconnector(dialler, limit, heard::add, clock, clock), this::open);
        RunFollower follower = new RunFollower(
                "r", Map.of(), false, Duration.ZERO, heard::add, text -> text, tail -> Optional.empty(), clock);
        return session.follow(first, follower);
    }

    private static Box unreachable() {
        throw new DeployException(ExitCode.UNREACHABLE, "a1 port 22 refuses the connection.", "");
    }

    @Test
    void theEndOfTheRunClosesTheConnection() throws InterruptedException {
        assertThat(follow(Duration.ofMinutes(1), link(END))).isEqualTo(new RunSession.Outcome.Ended("ok"));

        assertThat(first.closed).isEqualTo(1);
        assertThat(linksClosed).isEqualTo(1);
        assertThat(heard).isEmpty();
    }

    @Test
    void aLostLinkIsRestoredAndEveryConnectionClosed() throws InterruptedException {
        dial.add(RunSessionTest::unreachable);
        dial.add(RunSessionTest::unreachable);

        RunSession.Outcome outcome = follow(Duration.ofMinutes(1), broken(new FollowFrame.Idle()), link(END));

        assertThat(outcome).isEqualTo(new RunSession.Outcome.Ended("ok"));
        assertThat(clock.slept).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(heard)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("LinkLost", "LinkLost", "LinkLost", "LinkRestored");
        assertThat(first.closed).isEqualTo(1);
        assertThat(dialled).hasSize(1).allMatch(box -> box.closed == 1);
    }

    @Test
    void afterTheLimitTheRunIsLeftToTheBox() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            dial.add(RunSessionTest::unreachable);
        }

        RunSession.Outcome outcome = follow(Duration.ofSeconds(100), broken());

        assertThat(outcome).isEqualTo(new RunSession.Outcome.LinkGone("reset"));
        assertThat(clock.slept.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofSeconds(100));
        assertThat(first.closed).isEqualTo(1);
    }

    @Test
    void withoutAnyLimitNothingIsTried() throws InterruptedException {
        assertThat(follow(Duration.ZERO, broken())).isEqualTo(new RunSession.Outcome.LinkGone("reset"));
        assertThat(dialled).isEmpty();
    }

    @Test
    void whatOnlyAPersonCanMendIsNotTriedAgain() {
        dial.add(() -> {
            throw new LoginRefusedException("The host key of a1 has changed.", "Look.");
        });

        assertThatThrownBy(() -> follow(Duration.ofMinutes(15), broken()))
                .isInstanceOfSatisfying(
                        LoginRefusedException.class,
                        e -> assertThat(e.next()).contains("Look.\nWhat runs on the box goes on meanwhile."))
                .hasMessageContaining("has changed");
        assertThat(clock.slept).hasSize(1);
        assertThat(first.closed).isEqualTo(1);
    }

    @Test
    void aBoxThatTakesLoginsAndNothingElseIsGivenUpInTime() throws InterruptedException {
        RunSession.Outcome outcome = follow(Duration.ofMinutes(2), broken());

        assertThat(outcome).isInstanceOf(RunSession.Outcome.LinkGone.class);
        assertThat(clock.slept.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofMinutes(2));
        assertThat(dialled).isNotEmpty().allMatch(box -> box.closed == 1);
        assertThat(heard)
                .extracting(event -> event.getClass().getSimpleName())
                .startsWith("LinkLost", "LinkRestored", "LinkLost", "LinkRestored", "LinkLost");
    }

    @Test
    void aBoxThatCanNotFollowAtAllIsClosedToo() {
        assertThatThrownBy(() -> follow(
                        Duration.ofMinutes(1), broken(), new DeployException(ExitCode.UNFIT, "no bash", "Install it.")))
                .hasMessage("no bash");
        assertThat(first.closed).isEqualTo(1);
        assertThat(dialled).hasSize(1).allMatch(box -> box.closed == 1);
    }

    @Test
    void aDeadRunnerHandsTheConnectionOver() throws InterruptedException {
        RunSession.Outcome outcome = follow(Duration.ofMinutes(1), link(new FollowFrame.Runner("dead")));

        assertThat(outcome).isEqualTo(new RunSession.Outcome.RunnerDead(first));
        assertThat(first.closed).isZero();
        assertThat(linksClosed).isEqualTo(1);
    }
}
