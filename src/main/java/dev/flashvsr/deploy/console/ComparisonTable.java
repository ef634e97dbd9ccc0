package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.offer.Comparison;
import dev.flashvsr.deploy.inspect.offer.Comparison.Row;
import dev.flashvsr.deploy.inspect.offer.ComparisonWords;
import dev.flashvsr.deploy.progress.SafeText;
import java.util.ArrayList;
import java.util.List;

/** A comparison of offers as lines of a terminal: a table, and below it what else is paid. */
public final class ComparisonTable {
    private static final int LABEL = 44;
    private static final int CELL = 30;
    private static final int TEXT = 100;

    private ComparisonTable() {}

    /** The lines. A cell that is too long goes on below itself. */
    public static List<String> lines(Comparison comparison, Language language) {
        List<String> lines = new ArrayList<>();
        addRow(lines, "", comparison.names());
        for (Row row : comparison.rows()) {
            addRow(
                    lines,
                    row.label().in(language),
                    row.cells().stream()
                            .map(cell -> ComparisonWords.marked(cell, language))
                            .toList());
        }
        lines.add("");
        lines.add(ComparisonWords.HIDDEN.in(language) + ":");
        for (int i = 0; i < comparison.names().size(); i++) {
            lines.add("  " + SafeText.of(comparison.names().get(i)));
            for (Wording cost : comparison.hidden().get(i)) {
                addText(lines, "    - ", cost.in(language));
            }
        }
        lines.add("");
        comparison.remarks().forEach(remark -> addText(lines, "", remark.in(language)));
        return lines;
    }

    private static void addRow(List<String> lines, String label, List<String> cells) {
        List<List<String>> columns = new ArrayList<>(List.of(wrapped(label, LABEL)));
        cells.forEach(cell -> columns.add(wrapped(cell, CELL)));
        int height = columns.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < height; i++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns.size(); column++) {
                List<String> parts = columns.get(column);
                line.append(Columns.pad(i < parts.size() ? parts.get(i) : "", column == 0 ? LABEL : CELL))
                        .append("  ");
            }
            lines.add(line.toString().stripTrailing());
        }
    }

    private static void addText(List<String> lines, String first, String text) {
        List<String> parts = wrapped(text, TEXT - first.length());
        for (int i = 0; i < parts.size(); i++) {
            lines.add((i == 0 ? first : " ".repeat(first.length())) + parts.get(i));
        }
    }

    /** At blanks where there are any, else where the column ends. */
    private static List<String> wrapped(String text, int width) {
        List<String> parts = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : SafeText.of(text).split(" ", -1)) {
            String rest = word;
            if (line.length() > 0 && Columns.of(line.toString()) + 1 + Columns.of(rest) > width) {
                parts.add(line.toString());
                line.setLength(0);
            }
            while (Columns.of(rest) > width) {
                String fits = Columns.fit(rest, width, "");
                parts.add(fits);
                rest = rest.substring(fits.length());
            }
            line.append(line.length() == 0 ? "" : " ").append(rest);
        }
        parts.add(line.toString());
        return parts;
    }
}
