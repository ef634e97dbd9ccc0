package dev.flashvsr.deploy.box;

import java.nio.charset.StandardCharsets;

/** Keeps the last 4 KiB that are written to it, for {@link BoxProcess#errorTail()}. */
public final class Tail {
    private static final int KEPT = 4096;

    private final byte[] ring = new byte[KEPT];
    private long written;

    /** Appends; never throws. */
    public synchronized void append(byte[] bytes, int offset, int length) {
        for (int i = Math.max(0, length - KEPT); i < length; i++) {
            ring[(int) ((written + i) % KEPT)] = bytes[offset + i];
        }
        written += length;
    }

    /** What is kept, read as UTF-8. */
    public synchronized String text() {
        int size = (int) Math.min(KEPT, written);
        byte[] kept = new byte[size];
        for (int i = 0; i < size; i++) {
            kept[i] = ring[(int) ((written - size + i) % KEPT)];
        }
        return new String(kept, StandardCharsets.UTF_8);
    }
}
