package dev.flashvsr.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.event.RunEvent.Way;
import dev.flashvsr.deploy.transfer.TransferProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferReportTest {
    private final ManualClock clock = new ManualClock();
    private final List<RunEvent> heard = new ArrayList<>();

    @Test
    void tellsBeginEndAndNowAndThenHowFarItIs() {
        Instant begin = clock.now;
        try (TransferReport report = new TransferReport(heard::add, clock, "a.whl", Way.FROM_BOX, 1000)) {
            for (int i = 0; i < 100; i++) {
                clock.now = clock.now.plusMillis(20);
                report.moved(10);
            }
        }

        assertThat(heard)
                .startsWith(
                        new RunEvent.TransferStarted(begin, "a.whl", Way.FROM_BOX, 1000),
                        new RunEvent.TransferProgress(begin.plusMillis(500), "a.whl", Way.FROM_BOX, 250, 1000))
                .endsWith(new RunEvent.TransferFinished(
                        begin.plusSeconds(2), "a.whl", Way.FROM_BOX, 1000, 1000, Duration.ofSeconds(2)))
                .hasSize(6);
    }

    @Test
    void whatIsTriedAgainIsCountedOnce() {
        try (TransferReport report = new TransferReport(heard::add, clock, "a.whl", Way.TO_BOX, 1000)) {
            report.moved(700);
            report.again();
            report.moved(600);
            report.moved(400);
        }

        assertThat(heard.get(1))
                .isEqualTo(new RunEvent.TransferFinished(clock.now, "a.whl", Way.TO_BOX, 1000, 1000, Duration.ZERO));
    }

    @Test
    void aSizeThatTheTransferTellsBeginsItAndEachMoveIsCounted() {
        List<String> works = new ArrayList<>();
        try (TransferReport report = new TransferReport(heard::add, clock, "a.whl", Way.FROM_BOX)) {
            report.hearing(() -> works.add("moved")).of(10);
            report.hearing(() -> works.add("moved")).moved(4);
            report.of(10);
            report.hearing(() -> works.add("moved")).moved(10);
        }

        assertThat(works).as("a connection is worth more than some bytes").isEmpty();
        assertThat(heard)
                .containsExactly(
                        new RunEvent.TransferStarted(clock.now, "a.whl", Way.FROM_BOX, 10),
                        new RunEvent.TransferFinished(clock.now, "a.whl", Way.FROM_BOX, 10, 10, Duration.ZERO));
    }

    @Test
    void aConnectionWorksWhenSomethingWorthItCameOverIt() {
        List<String> works = new ArrayList<>();
        try (TransferReport report = new TransferReport(heard::add, clock, "a.whl", Way.FROM_BOX)) {
            TransferProgress hearing = report.hearing(() -> works.add("works"));
            hearing.of(1 << 20);
            hearing.found(700_000);
            assertThat(works).isEmpty();
            hearing.moved(200_000);
            hearing.moved(100_000);
            assertThat(works).hasSize(1);
        }
    }

    @Test
    void oneThatNeverBeganSaysNothing() {
        new TransferReport(heard::add, clock, "a.whl", Way.FROM_BOX).close();
        assertThat(heard).isEmpty();
    }
}
