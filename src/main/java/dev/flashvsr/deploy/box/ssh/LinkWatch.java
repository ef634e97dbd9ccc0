package dev.flashvsr.deploy.box.ssh;

import com.jcraft.jsch.Session;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Notices a silent link, by asking for a word and closing the socket when none comes. JSch could ask by itself, but its
 * timer is the socket's read timeout: it loses the half of a packet that had come by then, and it waits for a lock that a
 * writer to a frozen link never gives back.
 */
final class LinkWatch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 500;

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(daemon());

    private final Session session;
    private final Link link;
    private final KeepAlive keepAlive;
    private final AtomicBoolean asking = new AtomicBoolean();
    private final Future<?> timer;

    LinkWatch(Session session, Link link, KeepAlive keepAlive) {
        this.session = session;
        this.link = link;
        this.keepAlive = keepAlive;
        link.heard();
        this.timer = TIMER.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Makes threads that don't keep the program alive. */
    static ThreadFactory daemon() {
        return task -> {
            Thread thread = new Thread(task, "ssh link");
            thread.setDaemon(true);
            return thread;
        };
    }

    private void look() {
        Duration silence = link.silence();
        if (silence.compareTo(keepAlive.cutAfter()) > 0) {
            link.cut("nothing came for " + keepAlive.cutAfter().toSeconds() + " s");
            close();
        } else if (silence.compareTo(keepAlive.askAfter()) > 0 && asking.compareAndSet(false, true)) {
            // On a thread of its own, because it blocks while the link is frozen.
            daemon().newThread(this::ask).start();
        }
    }

    private void ask() {
        try {
            session.sendKeepAliveMsg();
        } catch (Exception e) {
            // The answer that does not come says it all.
        } finally {
            asking.set(false);
        }
    }

    @Override
    public void close() {
        timer.cancel(false);
    }
}
