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
    private final long least;
    private final Runnable stalled;
    private final Future<?> timer;
    private volatile long lastMoved = System.nanoTime();
    private long moved;

    /**
     * {@code stalled} runs on another thread, again and again, and must not block.
     *
     * @param least what must move within the limit, so that one that sends a byte now and then is no endless transfer
     */
    StallWatch(Duration limit, long least, Runnable stalled) {
        this.least = least;
        this.limitNanos = limit.toNanos();
        this.stalled = stalled;
        long period = Math.max(1, limit.toMillis() / LOOKS);
        this.timer = TIMER.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
    }

    /** So much moved; from several threads. */
    synchronized void moved(long count) {
        moved += count;
        if (moved >= least) {
            moved = 0;
            lastMoved = System.nanoTime();
        }
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
