package dev.flashvsr.deploy.fetch;

import java.time.Duration;

/** Waits; passed in, so that tests need not. */
@FunctionalInterface
public interface Pause {
    /** Waits so long. */
    void of(Duration time) throws InterruptedException;
}
