package dev.flashvsr.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ForwardClockTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private Instant machine = NOON;
    private final Clock clock = new ForwardClock(new Clock() {
        @Override
        public Instant instant() {
            return machine;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    });

    @Test
    void followsTheMachineForward() {
        assertThat(clock.instant()).isEqualTo(NOON);
        machine = NOON.plus(Duration.ofHours(9));
        assertThat(clock.instant()).isEqualTo(machine);
    }

    @Test
    void goesOnFromWhereItWasWhenTheMachineIsSetBack() {
        assertThat(clock.instant()).isEqualTo(NOON);

        machine = NOON.minus(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(NOON);

        machine = machine.plusSeconds(10);
        assertThat(clock.instant()).as("at the same pace").isEqualTo(NOON.plusSeconds(10));

        machine = machine.minus(Duration.ofDays(400));
        assertThat(clock.instant()).as("a second time").isEqualTo(NOON.plusSeconds(10));
    }
}
