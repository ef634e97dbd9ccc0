package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.event.RunListener;
import dev.flashvsr.deploy.transfer.TransferProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells a transfer as events: its begin as soon as its size is known, how far it is at most twice a second, and its end when
 * it is closed. A transfer that is tried again over another connection counts what is there once more, by {@link #of} or
 * {@link #again}.
 */
public final class TransferReport implements TransferProgress, AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Bytes that make a connection one that works: who sends a byte now and then is not connected to without end. */
    private static final long WORTH_IT = 256 << 10;

    private final RunListener listener;
    private final Clock clock;
    private final String file;
    private final RunEvent.Way way;
    private Optional<Instant> begin = Optional.empty();
    private Instant told = Instant.MIN;
    private long total;
    private long bytes;

    /**
     * Of a size that the transfer itself will tell, by {@link #of}.
     *
     * @param file what a person calls it
     */
    public TransferReport(RunListener listener, Clock clock, String file, RunEvent.Way way) {
        this.listener = listener;
        this.clock = clock;
        this.file = file;
        this.way = way;
    }

    /** Of so many bytes; begins at once. */
    public TransferReport(RunListener listener, Clock clock, String file, RunEvent.Way way, long total) {
        this(listener, clock, file, way);
        begin(total);
    }

    @Override
    public void of(long size) {
        begin(size);
    }

    private synchronized void begin(long size) {
        total = size;
        bytes = 0;
        if (begin.isEmpty()) {
            told = clock.instant();
            begin = Optional.of(told);
            listener.on(new RunEvent.TransferStarted(told, file, way, total));
        }
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

    /** The same, and {@code works} is told each time something moved that is worth a new connection. */
    public TransferProgress hearing(Runnable works) {
        return new TransferProgress() {
            private final AtomicLong came = new AtomicLong();

            @Override
            public void of(long size) {
                begin(size);
            }

            @Override
            public void found(long bytes) {
                TransferReport.this.moved(bytes);
            }

            @Override
            public void moved(long more) {
                if (came.addAndGet(more) >= WORTH_IT) {
                    came.set(0);
                    works.run();
                }
                TransferReport.this.moved(more);
            }
        };
    }

    @Override
    public synchronized void close() {
        Instant now = clock.instant();
        begin.ifPresent(since ->
                listener.on(new RunEvent.TransferFinished(now, file, way, bytes, total, Duration.between(since, now))));
    }
}
