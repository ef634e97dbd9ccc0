package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.progress.SafeText;
import java.io.PrintStream;
import java.util.List;

/** Draws lines that stay, and below them a few that are drawn again in place. Not for use by several threads at once. */
final class Screen {
    private static final String CLEAR_BELOW = "\u001b[0J";

    private final PrintStream out;
    private List<String> footer = List.of();
    private int columns;

    Screen(PrintStream out) {
        this.out = out;
    }

    /** Writes nothing if nothing changes. */
    void draw(List<String> staying, List<String> newFooter, int newColumns) {
        if (staying.isEmpty() && newFooter.equals(footer) && newColumns == columns) {
            return;
        }
        StringBuilder text = new StringBuilder();
        int rows = rows(newColumns);
        if (rows > 0) {
            text.append("\r\u001b[").append(rows).append('A').append(CLEAR_BELOW);
        }
        staying.forEach(line -> text.append(line).append('\n'));
        newFooter.forEach(line -> text.append(line).append('\n'));
        out.print(text);
        out.flush();
        footer = List.copyOf(newFooter);
        columns = newColumns;
    }

    /** How many rows the footer takes now: a terminal that became narrower has wrapped its lines. */
    private int rows(int newColumns) {
        return footer.stream()
                .mapToInt(line -> Math.max(1, (Columns.of(SafeText.of(line)) + newColumns - 1) / newColumns))
                .sum();
    }
}
