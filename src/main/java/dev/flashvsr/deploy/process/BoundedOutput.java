package dev.flashvsr.deploy.process;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keeps the first bytes that are written to it, and swallows the rest, so that no command can fill our memory. */
final class BoundedOutput extends OutputStream {
    private final int limit;
    private byte[] kept = new byte[1024];
    private int size;

    BoundedOutput(int limit) {
        this.limit = limit;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        int taken = Math.min(length, limit - size);
        if (size + taken > kept.length) {
            kept = Arrays.copyOf(kept, Math.min(limit, Math.max(kept.length * 2, size + taken)));
        }
        System.arraycopy(bytes, offset, kept, size, taken);
        size += taken;
    }

    synchronized String text() {
        return new String(kept, 0, size, StandardCharsets.UTF_8);
    }
}
