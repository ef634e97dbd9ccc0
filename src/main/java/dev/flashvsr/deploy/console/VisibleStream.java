package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.progress.SafeText;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * UTF-8 on its way to a screen, without characters that are not seen and reorder what is. The last line of defence: whatever
 * is shown passes here. ASCII stays as it is, the escape sequences of our own among it.
 */
public final class VisibleStream extends FilterOutputStream {
    private static final int LONGEST = 4;

    /** A character that has not come whole yet. */
    private final byte[] character = new byte[LONGEST];

    private int have;
    private int need;

    /** In front of this stream. */
    public VisibleStream(OutputStream to) {
        super(to);
    }

    @Override
    public synchronized void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        boolean plain = need == 0;
        for (int i = offset; plain && i < offset + length; i++) {
            plain = bytes[i] >= 0;
        }
        if (plain) {
            out.write(bytes, offset, length);
            return;
        }
        ByteArrayOutputStream visible = new ByteArrayOutputStream(length + LONGEST);
        for (int i = offset; i < offset + length; i++) {
            add(bytes[i], visible);
        }
        visible.writeTo(out);
    }

    private void add(byte next, ByteArrayOutputStream visible) {
        boolean continues = (next & 0xc0) == 0x80;
        if (need > 0 && !continues) {
            visible.write(character, 0, have); // what is no UTF-8 is not ours to judge
            have = 0;
            need = 0;
        }
        if (next >= 0 || need == 0 && continues) {
            visible.write(next);
            return;
        }
        if (need == 0) {
            need = next >= (byte) 0xf0 ? 4 : next >= (byte) 0xe0 ? 3 : 2;
        }
        character[have++] = next;
        if (have == need) {
            if (!SafeText.isInvisible(codePoint())) {
                visible.write(character, 0, have);
            }
            have = 0;
            need = 0;
        }
    }

    private int codePoint() {
        int point = character[0] & 0xff >> need + 1;
        for (int i = 1; i < need; i++) {
            point = point << 6 | character[i] & 0x3f;
        }
        return point;
    }
}
