package dev.flashvsr.deploy.report;

import static dev.flashvsr.deploy.report.Html.tag;

import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.offer.Comparison;
import dev.flashvsr.deploy.inspect.offer.Comparison.Cell;
import dev.flashvsr.deploy.inspect.offer.Comparison.Row;
import dev.flashvsr.deploy.inspect.offer.ComparisonWords;
import java.util.ArrayList;
import java.util.List;

/** A comparison of offers as a page. */
public final class ComparisonHtml {
    private ComparisonHtml() {}

    /** The whole file. */
    public static String of(Comparison comparison, Language language) {
        List<Html> main = new ArrayList<>();
        main.add(tag("h1", ComparisonWords.TITLE.in(language)));
        main.add(tag("div", table(comparison, language)).with("class", "wide"));
        main.add(tag("h2", ComparisonWords.HIDDEN.in(language)));
        for (int i = 0; i < comparison.names().size(); i++) {
            main.add(tag("h3", comparison.names().get(i)));
            main.add(tag(
                    "ul",
                    comparison.hidden().get(i).stream()
                            .map(cost -> tag("li", cost.in(language)))
                            .toList()));
        }
        main.add(tag("h2", ComparisonWords.REMARKS.in(language)));
        for (Wording remark : comparison.remarks()) {
            main.add(tag("p", remark.in(language)));
        }
        return HtmlPage.of(language, ComparisonWords.TITLE.in(language), main);
    }

    private static Html table(Comparison comparison, Language language) {
        List<Html> head = new ArrayList<>(List.of(tag("td", "")));
        comparison.names().forEach(name -> head.add(tag("th", name).with("scope", "col")));
        List<Html> rows = new ArrayList<>();
        for (Row row : comparison.rows()) {
            List<Html> cells =
                    new ArrayList<>(List.of(tag("th", row.label().in(language)).with("scope", "row")));
            row.cells().forEach(cell -> cells.add(cell(cell, language)));
            rows.add(tag("tr", cells));
        }
        return tag("table", tag("thead", tag("tr", head)), tag("tbody", rows));
    }

    private static Html cell(Cell cell, Language language) {
        String text = ComparisonWords.marked(cell, language);
        return switch (cell.met()) {
            case PLAIN -> tag("td", text);
            case GOOD -> tag("td", tag("span", text).with("class", "verdict pass"));
            case BAD -> tag("td", tag("span", text).with("class", "verdict fail"));
            case OPEN -> tag("td", tag("span", text).with("class", "verdict unknown"));
        };
    }
}
