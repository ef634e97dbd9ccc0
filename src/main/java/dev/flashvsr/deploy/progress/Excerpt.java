package dev.flashvsr.deploy.progress;

import java.util.ArrayList;
import java.util.List;

/**
 * The beginning of a text from elsewhere, safe to show.
 *
 * @param lines without escape sequences and control characters; blank ones at the end are dropped
 * @param leftOut how many characters of the text are not among them
 */
public record Excerpt(List<String> lines, long leftOut) {
    private static final String CUT = "…";

    /** Keeps a copy. */
    public Excerpt {
        lines = List.copyOf(lines);
    }

    /** No more than so many lines, and so many characters of each; longer ones end in an ellipsis. */
    public static Excerpt of(String text, int maxLines, int maxLength) {
        List<String> lines = new ArrayList<>();
        long leftOut = 0;
        int end = text.stripTrailing().length();
        int from = 0;
        while (from < end && lines.size() < maxLines) {
            int to = lineEnd(text, from, end);
            String line = text.substring(from, Math.min(to, from + maxLength));
            int over = Math.max(0, to - from - maxLength);
            lines.add(SafeText.of(line) + (over > 0 ? CUT : ""));
            leftOut += over;
            from = text.startsWith("\r\n", to) ? to + 2 : to + 1;
        }
        return new Excerpt(lines, leftOut + Math.max(0, end - from));
    }

    /** A text on one line, as words with one blank between them, and no longer than this. */
    public static String oneLine(String text, int maxLength) {
        String start = text.length() > 2 * maxLength ? text.substring(0, 2 * maxLength) : text;
        String line = SafeText.of(start.replaceAll("\\s+", " ")).strip();
        return line.length() <= maxLength && start.length() == text.length()
                ? line
                : line.substring(0, Math.min(line.length(), maxLength)) + CUT;
    }

    private static int lineEnd(String text, int from, int end) {
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                return i;
            }
        }
        return end;
    }
}
