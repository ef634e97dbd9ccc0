package dev.flashvsr.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OverLinkTest {
    private final ManualClock clock = new ManualClock();
    private final List<RunEvent> heard = new ArrayList<>();
    private final FakeBox first = new FakeBox();
    private final List<FakeBox> dialled = new ArrayList<>();

    private Context context(Duration limit) {
        Dial dial = () -> {
            FakeBox box = new FakeBox();
            dialled.add(box);
            return box;
        };
        return new Context(
                dial,
                new Submitter("u", "h"),
                Map.of(),
                heard::add,
                text -> text,
                tail -> Optional.empty(),
                limit,
                new Random(1),
                clock,
                clock);
    }

    @Test
    void anActionIsDoneOverTheConnectionThatIsThere() throws InterruptedException {
        try (OverLink link = new OverLink(context(Duration.ofMinutes(1)), first)) {
            Box used = link.run("look", (box, works) -> box);

            assertThat(used).isSameAs(first);
            assertThat(first.closed).isZero();
        }
        assertThat(first.closed).isEqualTo(1);
    }

    @Test
    void aLostLinkIsRestoredAndTheActionRunsAgain() throws InterruptedException {
        List<Box> tried = new ArrayList<>();
        OverLink link = new OverLink(context(Duration.ofMinutes(1)), first);

        String value = link.run("look", (box, works) -> {
            tried.add(box);
            if (tried.size() < 3) {
                throw new LinkLostException("reset");
            }
            return "done";
        });

        assertThat(value).isEqualTo("done");
        assertThat(tried).containsExactly(first, dialled.get(0), dialled.get(1));
        assertThat(first.closed).isEqualTo(1);
        assertThat(link.handOver()).isSameAs(dialled.get(1));
        link.close();
        assertThat(dialled.get(1).closed).isZero();
        assertThat(heard.get(0))
                .isEqualTo(new RunEvent.LinkLost(clock.now.minusSeconds(3), "reset", java.util.OptionalInt.empty()));
    }

    @Test
    void aLinkThatBreaksAgainAndAgainIsGivenUpInTime() {
        OverLink link = new OverLink(context(Duration.ofSeconds(40)), first);

        assertThatThrownBy(() -> link.run("fetch the wheel", (box, works) -> {
                    throw new LinkLostException("reset");
                }))
                .isInstanceOfSatisfying(
                        DeployException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNREACHABLE))
                .hasMessage("Can't fetch the wheel: the link to a1 broke, and was not back within 40 s (reset).");
        assertThat(clock.slept.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofSeconds(40));
        assertThat(dialled).isNotEmpty().allMatch(box -> box.closed == 1);
        assertThatThrownBy(link::box).isInstanceOf(LinkLostException.class);
    }

    @Test
    void aLinkThatBreaksAfterSomethingCameOfItIsANewLoss() throws InterruptedException {
        int[] turns = {0};
        OverLink link = new OverLink(context(Duration.ofSeconds(5)), first);

        link.run("fetch", (box, works) -> {
            works.run();
            if (turns[0]++ < 20) {
                throw new LinkLostException("reset");
            }
            return "done";
        });

        assertThat(turns[0]).isEqualTo(21);
    }
}
