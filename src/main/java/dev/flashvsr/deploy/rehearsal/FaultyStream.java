package dev.flashvsr.deploy.rehearsal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The body of an answer that is cut, wrong or slow. */
final class FaultyStream extends FilterOutputStream {
    private static final int TURNS_A_SECOND = 20;

    private final Fault fault;
    private final CountDownLatch closed;
    private long written;

    FaultyStream(OutputStream out, Fault fault, CountDownLatch closed) {
        super(out);
        this.fault = fault;
        this.closed = closed;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        if (fault instanceof Fault.Cut cut) {
            int allowed = (int) Math.min(length, cut.bytes() - written);
            out.write(bytes, offset, allowed);
            written += allowed;
            if (allowed < length) {
                out.flush();
                throw new IOException("cut on purpose");
            }
        } else if (fault instanceof Fault.Slow slow) {
            int turn = (int) Math.max(1, slow.bytesPerSecond() / TURNS_A_SECOND);
            for (int done = 0; done < length; done += turn) {
                out.write(bytes, offset + done, Math.min(turn, length - done));
                out.flush();
                pause();
            }
        } else {
            byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
            if (written == 0) {
                copy[0] ^= 1;
            }
            out.write(copy);
            written += length;
        }
    }

    private void pause() throws IOException {
        try {
            if (closed.await(1000 / TURNS_A_SECOND, TimeUnit.MILLISECONDS)) {
                throw new IOException("the server was closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
