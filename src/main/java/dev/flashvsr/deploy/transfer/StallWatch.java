package dev.flashvsr.deploy.transfer;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Notices that nothing moves any more, as on a box whose disk hangs: the link itself still answers then. */
final class StallWatch implements AutoCloseable {
    private static final int LOOKS = 10;
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "transfer watch");
        thread.setDaemon(true);
        return thread;
    });

    private final long limitNanos;
    private final Runnable stalled;
    private final Future<?> timer;
    private volatile long lastMoved = System.nanoTime();

    /** {@code stalled} runs on another thread, again and again, and must not block. */
    StallWatch(Duration limit, Runnable stalled) {
        this.limitNanos = limit.toNanos();
        this.stalled = stalled;
        long period = Math.max(1, limit.toMillis() / LOOKS);
        this.timer = TIMER.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
    }

    /** Something moved. */
    void moved() {
        lastMoved = System.nanoTime();
    }

    private void look() {
        if (System.nanoTime() - lastMoved > limitNanos) {
            stalled.run();
        }
    }

    @Override
    public void close() {
        timer.cancel(false);
    }
}
