package dev.flashvsr.deploy.box;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Lets go of a command when its time is up: a read that waits for the box can't be interrupted otherwise. */
public final class Deadline implements AutoCloseable {
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "box deadlines");
        thread.setDaemon(true);
        return thread;
    });

    private final Future<?> timer;
    private volatile boolean passed;

    /** {@code release} runs at the limit, on another thread; it must not block. */
    public Deadline(Duration limit, Runnable release) {
        timer = TIMER.schedule(
                () -> {
                    passed = true;
                    release.run();
                },
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Whether the limit has passed. */
    public boolean passed() {
        return passed;
    }

    @Override
    public void close() {
        timer.cancel(false);
    }
}
