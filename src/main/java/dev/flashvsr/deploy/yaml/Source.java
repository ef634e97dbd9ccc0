package dev.flashvsr.deploy.yaml;

import dev.flashvsr.deploy.problem.Words;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The text of one file, line by line, to show the place of a problem. */
final class Source {
    /** What the parser counts as the end of a line. */
    static final Pattern LINE_END = Pattern.compile("\r\n|[\r\n\u0085\u2028\u2029]");

    private static final int WIDTH = 100;
    private static final int LEAD = 60;

    private final String file;
    private final List<String> lines;

    /** The line asked for last: one long line may hold very many problems. */
    private int shownLine = -1;

    private int[] shownPoints = new int[0];

    Source(String file, String text) {
        this.file = file;
        this.lines = List.of(LINE_END.split(text, -1));
    }

    String file() {
        return file;
    }

    /** The line with its number, and carets below; a long line is cut around the place. */
    Optional<String> excerpt(int line, int column, int length) {
        if (line >= lines.size()) {
            return Optional.empty();
        }
        int[] points = points(line);
        int at = Math.min(column, points.length);
        int from = at < WIDTH ? 0 : at - LEAD;
        int to = Math.min(points.length, from + WIDTH);
        String shown = (from > 0 ? "…" : "") + new String(points, from, to - from) + (to < points.length ? "…" : "");
        if (shown.isBlank()) {
            return Optional.empty();
        }
        int lead = at - from + (from > 0 ? 1 : 0);
        int carets = Math.max(1, Math.min(length, to - at));
        String number = String.format(Locale.ROOT, "%5d", line + 1);
        return Optional.of(number + " | " + shown.stripTrailing() + "\n" + " ".repeat(number.length()) + " | "
                + " ".repeat(lead) + "^".repeat(carets));
    }

    private int[] points(int line) {
        if (line != shownLine) {
            shownPoints = lines.get(line).codePoints().map(Source::visible).toArray();
            shownLine = line;
        }
        return shownPoints;
    }

    /** One column for each code point, and nothing that a terminal would obey. */
    private static int visible(int point) {
        if (point == '\t') {
            return ' ';
        }
        return Words.isShown(point) ? point : '\uFFFD';
    }
}
