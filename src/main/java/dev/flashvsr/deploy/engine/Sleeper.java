package dev.flashvsr.deploy.engine;

import java.time.Duration;

/** Waits; passed in, so that tests need not. */
@FunctionalInterface
public interface Sleeper {
    /** Waits by the machine's own clock. */
    Sleeper REAL = pause -> Thread.sleep(pause.toMillis());

    /** Waits so long. */
    void sleep(Duration pause) throws InterruptedException;
}
