package dev.flashvsr.deploy.report;

import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.offer.Comparison;
import dev.flashvsr.deploy.inspect.offer.Comparison.Row;
import dev.flashvsr.deploy.inspect.offer.ComparisonWords;
import dev.flashvsr.deploy.progress.SafeText;
import java.util.ArrayList;
import java.util.List;

/** A comparison of offers as Markdown. */
public final class ComparisonMarkdown {
    private ComparisonMarkdown() {}

    /** The whole file. */
    public static String of(Comparison comparison, Language language) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + ComparisonWords.TITLE.in(language));
        lines.add("");
        List<String> head = new ArrayList<>(List.of(" "));
        comparison.names().forEach(name -> head.add(cell(name)));
        lines.add(line(head));
        lines.add("|" + " --- |".repeat(head.size()));
        for (Row row : comparison.rows()) {
            List<String> cells = new ArrayList<>(List.of(cell(row.label().in(language))));
            row.cells().forEach(one -> cells.add(cell(ComparisonWords.marked(one, language))));
            lines.add(line(cells));
        }
        lines.add("");
        lines.add("## " + ComparisonWords.HIDDEN.in(language));
        for (int i = 0; i < comparison.names().size(); i++) {
            lines.add("");
            lines.add("### " + cell(comparison.names().get(i)));
            lines.add("");
            for (Wording cost : comparison.hidden().get(i)) {
                lines.add("- " + cell(cost.in(language)));
            }
        }
        lines.add("");
        lines.add("## " + ComparisonWords.REMARKS.in(language));
        for (Wording remark : comparison.remarks()) {
            lines.add("");
            lines.add(cell(remark.in(language)));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    /** No words of an offer can end a cell or become markup. */
    private static String cell(String text) {
        return SafeText.of(text).replace("\n", " ").replaceAll("[\\\\`*_\\[\\]<>|#]", "\\\\$0");
    }
}
