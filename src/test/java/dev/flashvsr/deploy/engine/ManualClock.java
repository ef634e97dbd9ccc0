package dev.flashvsr.deploy.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A clock that stands still but for what is slept on it. */
final class ManualClock extends Clock implements Sleeper {
    final List<Duration> slept = new ArrayList<>();
    Instant now = Instant.ofEpochSecond(1_000);

    @Override
    public void sleep(Duration pause) {
        slept.add(pause);
        now = now.plus(pause);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
