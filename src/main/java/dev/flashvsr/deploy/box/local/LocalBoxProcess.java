package dev.flashvsr.deploy.box.local;

import dev.flashvsr.deploy.box.BoxProcess;
import dev.flashvsr.deploy.box.Exit;
import dev.flashvsr.deploy.box.Spool;
import dev.flashvsr.deploy.box.Tail;
import dev.flashvsr.deploy.process.LocalProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A command of this machine. Its output passes through threads of ours: a thread that waits in the read of a pipe can't
 * be woken in Java, and {@link #close()} must not wait for the command.
 */
final class LocalBoxProcess implements BoxProcess {
    private static final int SIGNALLED = 128;
    private static final long ERRORS_MILLIS = 200;

    /** Signals by number, as on every Linux. A shell that ends with 128 and more by itself reads the same. */
    private static final Map<Integer, String> SIGNALS =
            Map.of(1, "HUP", 2, "INT", 3, "QUIT", 6, "ABRT", 9, "KILL", 11, "SEGV", 13, "PIPE", 14, "ALRM", 15, "TERM");

    private final LocalProcess process;
    private final Consumer<LocalBoxProcess> closing;
    private final Spool output = new Spool();
    private final Tail error = new Tail();
    private final CountDownLatch errorEnded = new CountDownLatch(1);
    private volatile boolean closed;

    LocalBoxProcess(LocalProcess process, Consumer<LocalBoxProcess> closing) {
        this.process = process;
        this.closing = closing;
        pump("stdout", process.stdout(), output::append, output::end);
        pump("stderr", process.stderr(), error::append, errorEnded::countDown);
    }

    @Override
    public OutputStream stdin() {
        return process.stdin();
    }

    @Override
    public InputStream stdout() {
        return output;
    }

    @Override
    public String errorTail() {
        return error.text();
    }

    @Override
    public Exit await(Duration limit) {
        OptionalInt status = process.await(limit);
        awaitErrors();
        if (status.isEmpty()) {
            return new Exit.Lost("it did not end within " + limit.toSeconds() + " s");
        }
        String signal = SIGNALS.get(status.getAsInt() - SIGNALLED);
        return signal == null ? new Exit.Exited(status.getAsInt()) : new Exit.Signalled(signal);
    }

    /** A child in the background may hold the stream open for ever. */
    private void awaitErrors() {
        try {
            errorEnded.await(ERRORS_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        closing.accept(this);
        quietly(output);
        // Its close flushes, which would wait for a command that reads nothing.
        Thread closer = new Thread(() -> quietly(process.stdin()), "box close");
        closer.setDaemon(true);
        closer.start();
    }

    private void pump(String name, InputStream in, Sink sink, Runnable end) {
        Thread thread = new Thread(
                () -> {
                    byte[] buffer = new byte[1 << 15];
                    try (in) {
                        for (int read = in.read(buffer); read >= 0 && !closed; read = in.read(buffer)) {
                            sink.append(buffer, 0, read);
                        }
                    } catch (IOException e) {
                        // Closed by us, or the disk for the spool is full: the reader misses the end of the frame.
                    }
                    end.run();
                },
                "box " + name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception e) {
            // Nothing is left to do for a command that we let go of.
        }
    }

    private interface Sink {
        void append(byte[] bytes, int offset, int length) throws IOException;
    }
}
