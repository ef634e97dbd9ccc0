package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.progress.SafeText;
import java.util.Locale;
import java.util.regex.Pattern;

/** Values as a sentence shows them: on one line, without control characters, not too long. */
final class Shown {
    private static final int LONGEST_LINE = 200;
    private static final int LONGEST_VALUE = 48;
    private static final Pattern LINE_ENDS = Pattern.compile("[\\r\\n]+");

    private Shown() {}

    /** One line that can do nothing to a terminal. */
    static String line(String text) {
        return shortened(SafeText.of(text.strip()), LONGEST_LINE);
    }

    /** The last line of it that is not blank; empty where there is none. */
    static String lastLine(String text) {
        String[] lines = LINE_ENDS.split(text.strip());
        return line(lines[lines.length - 1]);
    }

    /** A value in quotes, shortened in the middle. */
    static String value(String text) {
        return '"' + shortened(SafeText.of(text), LONGEST_VALUE) + '"';
    }

    /** A number with its noun. */
    static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%d %s%s", number, noun, number == 1 ? "" : "s");
    }

    private static String shortened(String text, int longest) {
        if (text.codePointCount(0, text.length()) <= longest) {
            return text;
        }
        int[] points = text.codePoints().toArray();
        int head = (longest - 1) * 2 / 3;
        int tail = longest - 1 - head;
        return new String(points, 0, head) + "…" + new String(points, points.length - tail, tail);
    }
}
