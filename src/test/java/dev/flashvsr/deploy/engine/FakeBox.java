package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxProcess;
import java.time.Duration;

/** A box that only knows whether it was closed. */
final class FakeBox implements Box {
    int closed;

    @Override
    public String label() {
        return "a1";
    }

    @Override
    public BoxProcess start(String commandLine) {
        throw new UnsupportedOperationException("nothing is started on it");
    }

    @Override
    public Duration roundTrip() {
        return Duration.ZERO;
    }

    @Override
    public void close() {
        closed++;
    }
}
