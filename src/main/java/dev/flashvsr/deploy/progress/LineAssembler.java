package dev.flashvsr.deploy.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.Consumer;

/**
 * Makes lines out of a step's output as it comes, in pieces cut anywhere. A line ends with LF or CR LF; a CR alone ends
 * an update that the next one overwrites. Lines come out decoded as UTF-8 and safe to show. Keeps one line in memory, at
 * most {@link #LIMIT} bytes of it. Not for use by several threads at once.
 */
public final class LineAssembler {
    /** Bytes of a line that are kept; the rest is dropped and the line ends with {@link #CUT}. */
    public static final int LIMIT = 8 * 1024;

    /** The end of a line that was longer. */
    public static final String CUT = " … (cut)";

    /**
     * A line without its end.
     *
     * @param update whether a CR ended it: it is shown only until the next one comes, and belongs in no record
     */
    public record Line(String text, boolean update) {}

    private final Consumer<Line> lines;
    private final byte[] buffer = new byte[LIMIT];
    private int length;
    private boolean cut;
    /** Whether the buffer holds an update that was told already: with LF next it turns out to have been a line. */
    private boolean told;

    /** Tells {@code lines} each line as soon as its end has come. */
    public LineAssembler(Consumer<Line> lines) {
        this.lines = lines;
    }

    /** Takes the next {@code count} bytes from {@code offset} on. */
    public void feed(byte[] bytes, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            byte next = bytes[i];
            if (next == '\n') {
                finish();
            } else if (next == '\r') {
                boolean lineEnd = i + 1 < offset + count && bytes[i + 1] == '\n';
                if (length > 0 && !told && !lineEnd) {
                    told = true;
                    tell(true);
                }
            } else {
                append(next);
            }
        }
    }

    /** Takes all of {@code bytes}. */
    public void feed(byte[] bytes) {
        feed(bytes, 0, bytes.length);
    }

    /** The output is over: what stands without an end is told as a line. */
    public void end() {
        if (length > 0) {
            finish();
        }
    }

    private void append(byte next) {
        if (told) {
            clear();
        }
        if (length < LIMIT) {
            buffer[length++] = next;
        } else {
            cut = true;
        }
    }

    private void finish() {
        tell(false);
        clear();
    }

    private void tell(boolean update) {
        String text = SafeText.of(new String(buffer, 0, cut ? lastWhole() : length, UTF_8));
        lines.accept(new Line(cut ? text + CUT : text, update));
    }

    private void clear() {
        length = 0;
        cut = false;
        told = false;
    }

    /** Where the last character of a full buffer begins, if its end may have been cut off. */
    private int lastWhole() {
        int end = length;
        while (end > 0 && (buffer[end - 1] & 0xC0) == 0x80) {
            end--;
        }
        boolean lead = end > 0 && (buffer[end - 1] & 0xC0) == 0xC0;
        return lead ? end - 1 : length;
    }
}
