package dev.flashvsr.deploy.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The machine's clock, except that it never goes back: where that one is set back, this goes on from where it was. So no
 * duration is negative, and no time limit is longer than it was meant to be.
 */
final class ForwardClock extends Clock {
    /** One for the whole program, so that all its parts agree. */
    static final Clock SYSTEM = new ForwardClock(Clock.systemUTC());

    private final Clock machine;
    private Duration ahead = Duration.ZERO;
    private Instant last = Instant.MIN;

    ForwardClock(Clock machine) {
        this.machine = machine;
    }

    @Override
    public synchronized Instant instant() {
        Instant now = machine.instant().plus(ahead);
        if (now.isBefore(last)) {
            ahead = ahead.plus(Duration.between(now, last));
            now = last;
        }
        last = now;
        return now;
    }

    @Override
    public ZoneId getZone() {
        return machine.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new ForwardClock(machine.withZone(zone));
    }
}
