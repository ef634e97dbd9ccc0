package dev.flashvsr.deploy.console;

import java.util.ArrayList;
import java.util.List;

/** Text of several words laid out in lines no wider than so many columns. */
final class Wrap {
    private static final int LEAST = 10;

    private Wrap() {}

    /**
     * The text in lines; a word that is too wide is broken.
     *
     * @param first what stands before the first line, which has as many columns as {@code indent}
     * @param indent columns of blanks before each further line
     * @param columns of the whole line
     */
    static List<String> of(String first, int indent, String text, int columns) {
        int room = Math.max(LEAST, columns - indent);
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" ")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (Columns.of(longer) <= room) {
                line = longer;
                continue;
            }
            if (!line.isEmpty()) {
                lines.add(line);
            }
            line = word;
            while (Columns.of(line) > room) {
                String part = Columns.fit(line, room, "");
                lines.add(part);
                line = line.substring(part.length());
            }
        }
        lines.add(line);
        return laid(first, indent, lines);
    }

    /** The same with every blank kept, broken anywhere: for what a program printed. */
    static List<String> asIs(String first, int indent, String text, int columns) {
        int room = Math.max(LEAST, columns - indent);
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (Columns.of(rest) > room) {
            String part = Columns.fit(rest, room, "");
            lines.add(part);
            rest = rest.substring(part.length());
        }
        lines.add(rest);
        return laid(first, indent, lines);
    }

    private static List<String> laid(String first, int indent, List<String> lines) {
        List<String> laid = new ArrayList<>();
        for (String one : lines) {
            laid.add((laid.isEmpty() ? first : " ".repeat(indent)) + one);
        }
        return laid;
    }

    /** The text in lines, each behind so many blanks. */
    static List<String> of(int indent, String text, int columns) {
        return of(" ".repeat(indent), indent, text, columns);
    }
}
