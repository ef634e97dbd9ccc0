package dev.flashvsr.deploy.box;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A script's output, cut out of what a command prints: {@code MARK begin} and a newline come before it, {@code MARK end
 * STATUS} and a newline right after its last byte. The mark is random, so nothing else reads like it. Whole lines are
 * never held back; the last bytes of an unfinished one are while they could be the beginning of the mark.
 */
final class FramedInput extends InputStream {
    /** More noise than any start file makes. */
    static final int NOISE_LIMIT = 1 << 20;

    private static final int WORD_LIMIT = 100;

    private final InputStream in;
    private final byte[] terminator;
    private final String mark;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private boolean ended;
    private OptionalInt status = OptionalInt.empty();

    FramedInput(InputStream in, String mark) {
        this.in = in;
        this.mark = mark;
        this.terminator = (mark + " end ").getBytes(StandardCharsets.US_ASCII);
    }

    /** The first word with its value that follows the mark; empty when the output ended without; {@code noise} takes the rest. */
    Optional<String> awaitFirstWord(StringBuilder noise) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int seen = 0; seen < NOISE_LIMIT; seen++) {
            int b = nextByte();
            if (b < 0) {
                noise.append(line);
                return Optional.empty();
            }
            if (b != '\n') {
                line.append((char) b);
                continue;
            }
            int at = line.indexOf(mark + " ");
            if (at >= 0 && line.length() - at < mark.length() + WORD_LIMIT) {
                String word = line.substring(at + mark.length() + 1);
                if (word.equals("begin") || word.equals("no-bash") || word.startsWith("old-bash ")) {
                    return Optional.of(word);
                }
            }
            noise.append(line).append('\n');
            line.setLength(0);
        }
        throw new EndlessNoiseException();
    }

    /** Without a begin there was more than {@link #NOISE_LIMIT}. */
    static final class EndlessNoiseException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The script's exit status; empty until the end of this stream, and when the output was cut off. */
    OptionalInt status() {
        return status;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int safe = safe();
            if (safe > 0) {
                int count = Math.min(safe, length);
                System.arraycopy(buffer, from, target, offset, count);
                from += count;
                return count;
            }
            if (to - from >= terminator.length && matches(from, terminator.length)) {
                from += terminator.length;
                readStatus();
                ended = true;
            } else if (!fill()) {
                // Cut off in the middle of what could have been the end: it was output.
                ended = true;
                if (to > from) {
                    int count = Math.min(to - from, length);
                    System.arraycopy(buffer, from, target, offset, count);
                    from += count;
                    return count;
                }
            }
        }
        return -1;
    }

    /** How many bytes from {@code from} on are output for certain. */
    private int safe() {
        for (int i = from; i < to; i++) {
            if (buffer[i] == terminator[0] && matches(i, Math.min(terminator.length, to - i))) {
                return i - from;
            }
        }
        return to - from;
    }

    private boolean matches(int at, int length) {
        for (int i = 0; i < length; i++) {
            if (buffer[at + i] != terminator[i]) {
                return false;
            }
        }
        return true;
    }

    private void readStatus() throws IOException {
        int value = 0;
        for (int digits = 0; digits <= 3; digits++) {
            int b = nextByte();
            if (b == '\n' && digits > 0) {
                status = OptionalInt.of(value);
                return;
            }
            if (b < '0' || b > '9') {
                return;
            }
            value = value * 10 + (b - '0');
        }
    }

    private int nextByte() throws IOException {
        return from < to || fill() ? buffer[from++] & 0xff : -1;
    }

    private boolean fill() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        int count = in.read(buffer, to, buffer.length - to);
        if (count < 0) {
            return false;
        }
        to += count;
        return true;
    }
}
