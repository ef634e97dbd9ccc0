package dev.flashvsr.deploy.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.flashvsr.deploy.box.Answer;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.BoxStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The follower's one channel. The box says something at least every 5 s; a link that is silent for 15 s is lost, even
 * when nothing was reset. We say something every 5 s too, so that the follower ends when nobody listens any more.
 */
final class FollowStream implements FollowLink {
    private static final Duration BEGIN_LIMIT = Duration.ofSeconds(30);
    private static final long HEARTBEAT_SECONDS = 5;
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final BoxStream stream;
    private final FollowFrame.Reader frames;
    private final OutputStream stdin;
    private final ScheduledExecutorService heart;
    /** When the reader began to wait; as long as it does not, such as for a terminal that stands still, nothing is silent. */
    private volatile OptionalLong waitingSince = OptionalLong.empty();

    private volatile boolean silent;
    private long beats;

    /** Starts following below this root; {@code run} names whose runner is watched, or nobody. */
    FollowStream(BoxShell shell, String root, String mark, String run) {
        stream = shell.open(BoxCommands.follow(root, mark, run), BEGIN_LIMIT);
        frames = new FollowFrame.Reader(stream.stdout(), mark);
        stdin = stream.stdin();
        heart = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "follow heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        var unused = heart.scheduleWithFixedDelay(this::beat, 1, 1, TimeUnit.SECONDS);
    }

    private void beat() {
        OptionalLong since = waitingSince;
        if (since.isPresent() && System.nanoTime() - since.getAsLong() > SILENCE_NANOS) {
            silent = true;
            stream.close();
        } else if (++beats % HEARTBEAT_SECONDS == 0) {
            say(".");
        }
    }

    @Override
    public FollowRequests requests() {
        return new FollowRequests() {
            @Override
            public void follow(String path, long offset) {
                say("follow " + path + " " + offset);
            }

            @Override
            public void drop(String path) {
                say("drop " + path);
            }
        };
    }

    private synchronized void say(String line) {
        try {
            stdin.write((line + "\n").getBytes(US_ASCII));
            stdin.flush();
        } catch (IOException e) {
            // The reader meets the same broken link, and says so.
        }
    }

    @Override
    public Optional<FollowFrame> next() throws IOException {
        waitingSince = OptionalLong.of(System.nanoTime());
        try {
            Optional<FollowFrame> frame = frames.next();
            if (frame.isEmpty()) {
                new Answer(stream.status().orElse(0), new byte[0], stream.errorTail()).expectTrusted("follow the run");
            }
            return frame;
        } catch (IOException e) {
            if (silent) {
                throw new IOException("nothing came from the box for 15 s", e);
            }
            throw e;
        } finally {
            waitingSince = OptionalLong.empty();
        }
    }

    @Override
    public void close() {
        heart.shutdownNow();
        stream.close();
    }
}
