package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.event.RunListener;
import dev.flashvsr.deploy.transfer.TransferProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells a transfer as events: its begin at once, how far it is at most twice a second, and its end when it is closed. A
 * transfer that is tried again over another connection begins anew by {@link #again}: it counts what is there once more.
 */
public final class TransferReport implements TransferProgress, AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final RunListener listener;
    private final Clock clock;
    private final String file;
    private final RunEvent.Way way;
    private final long total;
    private final Instant begin;
    private Instant told;
    private long bytes;

    /**
     * Begins.
     *
     * @param file what a person calls it
     * @param total in bytes
     */
    public TransferReport(RunListener listener, Clock clock, String file, RunEvent.Way way, long total) {
        this.listener = listener;
        this.clock = clock;
        this.file = file;
        this.way = way;
        this.total = total;
        begin = clock.instant();
        told = begin;
        listener.on(new RunEvent.TransferStarted(begin, file, way, total));
    }

    @Override
    public synchronized void moved(long more) {
        bytes += more;
        Instant now = clock.instant();
        if (Duration.between(told, now).compareTo(PAUSE) >= 0) {
            told = now;
            listener.on(new RunEvent.TransferProgress(now, file, way, bytes, total));
        }
    }

    /** Counts from nothing again. */
    public synchronized void again() {
        bytes = 0;
    }

    @Override
    public synchronized void close() {
        Instant now = clock.instant();
        listener.on(new RunEvent.TransferFinished(now, file, way, bytes, total, Duration.between(begin, now)));
    }
}
