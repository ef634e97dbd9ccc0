package dev.flashvsr.deploy.box.ssh;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A command's standard input, which can be shut from another thread. JSch checks whether a channel is closed before it
 * encrypts a packet, not when it sends it, so that data can follow the channel's CLOSE; a server ends the whole connection
 * for that ("data packet referred to nonexistent channel"). Shut before the CLOSE, no packet is left on its way.
 */
final class CommandInput extends FilterOutputStream {
    /** A writer that waits for the other side to read has no packet on its way: it need not be waited for. */
    private static final Duration LAST_PACKET = Duration.ofMillis(300);

    private static final int PIECE = 1 << 15;

    private final Object monitor = new Object();
    private final Runnable taken;
    private boolean shut;
    private boolean writing;
    private volatile boolean wrote;
    private volatile boolean told;

    /** {@code taken} is called when the other side had room for what was written up to the first {@link #flush()}. */
    CommandInput(OutputStream channel, Runnable taken) {
        super(channel);
        this.taken = taken;
    }

    /** Takes no more from now on, and returns when the packet that is on its way has gone. Safe to call twice. */
    void shut() {
        long end = System.nanoTime() + LAST_PACKET.toNanos();
        synchronized (monitor) {
            shut = true;
            for (long left = LAST_PACKET.toMillis();
                    writing && left > 0;
                    left = (end - System.nanoTime()) / 1_000_000) {
                try {
                    monitor.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        wrote = length > 0 || wrote;
        for (int done = 0; done < length; done += PIECE) {
            int from = offset + done;
            int count = Math.min(PIECE, length - done);
            send(() -> out.write(bytes, from, count));
        }
    }

    @Override
    public void flush() throws IOException {
        send(out::flush);
        if (wrote && !told) {
            told = true;
            taken.run();
        }
    }

    @Override
    public void close() throws IOException {
        send(out::close);
    }

    private void send(Sending sending) throws IOException {
        synchronized (monitor) {
            if (shut) {
                throw new IOException("the command takes no more input");
            }
            writing = true;
        }
        try {
            sending.run();
        } finally {
            synchronized (monitor) {
                writing = false;
                monitor.notifyAll();
            }
        }
    }

    /** What makes packets. */
    private interface Sending {
        void run() throws IOException;
    }
}
