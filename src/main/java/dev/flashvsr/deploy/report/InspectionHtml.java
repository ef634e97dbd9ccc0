package dev.flashvsr.deploy.report;

import static dev.flashvsr.deploy.report.Html.tag;
import static dev.flashvsr.deploy.report.Html.text;

import dev.flashvsr.deploy.inspect.Finding;
import dev.flashvsr.deploy.inspect.Inspection;
import dev.flashvsr.deploy.inspect.InspectionWords;
import dev.flashvsr.deploy.inspect.Standing;
import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.inspect.catalogue.Part;
import dev.flashvsr.deploy.inspect.catalogue.Severity;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import dev.flashvsr.deploy.progress.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An inspection as a page: the verdict, the box, counts, what needs attention, the closing lists, then the whole document
 * with what each finding was judged by. The reader chooses by buttons what is shown and printed; no script is in it.
 */
public final class InspectionHtml {
    private static final int SUBJECT_LENGTH = 100;

    private final Inspection inspection;
    private final Standing standing;
    private final FindingHtml findings;
    private final Language language;

    private InspectionHtml(Inspection inspection, Language language) {
        this.inspection = inspection;
        this.language = language;
        this.standing = Standing.of(inspection);
        this.findings = new FindingHtml(new EvidenceOnce(inspection), language);
    }

    /** The whole file. */
    public static String of(Inspection inspection, Language language) {
        return new InspectionHtml(inspection, language).page();
    }

    private String page() {
        List<Html> main = new ArrayList<>();
        main.add(tag("h1", standing.sentence().in(language)).with("class", fitClass()));
        String subject = Excerpt.oneLine(inspection.subject(), SUBJECT_LENGTH);
        main.add(tag("p", tag("strong", subject), text(", " + InspectionWords.time(inspection.at()))));
        main.add(tag(
                "ul",
                Stream.concat(inspection.summary().stream(), inspection.outlook().stream())
                        .map(line -> tag("li", findings.words(line)))
                        .toList()));
        main.add(counts());
        main.add(attention());
        inspection.parts().stream().filter(Part::closes).forEach(part -> main.add(boxes(part)));
        main.add(tag("h2", words("The whole document", "Весь документ")));
        main.add(choices());
        inspection.parts().forEach(part -> main.add(part(part)));
        return HtmlPage.of(language, subject + ": " + words("inspection", "проверка"), main);
    }

    private Html counts() {
        List<Html> head = new ArrayList<>(List.of(tag("td")));
        for (Severity severity : Severity.values()) {
            head.add(tag("th", InspectionWords.of(severity).in(language)).with("scope", "col"));
        }
        List<Html> rows = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            List<Html> row = new ArrayList<>();
            row.add(tag("th", FindingHtml.sign(verdict) + " " + heading(verdict).in(language))
                    .with("scope", "row")
                    .with("class", FindingHtml.word(verdict)));
            for (Severity severity : Severity.values()) {
                long count = standing.count(severity, verdict);
                row.add(tag("td", count == 0 ? "–" : String.valueOf(count)).with("class", "number"));
            }
            rows.add(tag("tr", row));
        }
        return tag(
                        "div",
                        tag(
                                "table",
                                tag("caption", words("Points by weight and verdict", "Пункты по важности и итогу")),
                                tag("thead", tag("tr", head)),
                                tag("tbody", rows)))
                .with("class", "wide");
    }

    private static Wording heading(Verdict verdict) {
        return switch (verdict) {
            case PASS -> InspectionWords.MET;
            case WARN -> new Wording("reservation or mended", "с оговоркой или исправимо");
            case ASK -> InspectionWords.TO_ASK;
            case UNKNOWN -> InspectionWords.UNKNOWN;
            case FAIL -> InspectionWords.NOT_MET;
        };
    }

    private Html attention() {
        List<Html> items = Stream.of(
                        standing.of(Verdict.FAIL).stream(),
                        standing.of(Verdict.UNKNOWN).stream(),
                        standing.reserved().stream())
                .flatMap(group -> group)
                .map(findings::link)
                .toList();
        if (items.isEmpty()) {
            return Html.NONE;
        }
        return tag(
                "section",
                tag("h2", words("What needs attention", "На что обратить внимание")),
                tag("ul", items).with("class", "list"));
    }

    private Html boxes(Part part) {
        return tag(
                "section",
                tag("h2", FindingHtml.unmarked(part.title().in(language))),
                tag("ul", findings(part).stream().map(findings::box).toList()).with("class", "list"));
    }

    private Html choices() {
        return tag(
                "fieldset",
                tag("legend", words("Show and print", "Показать и печатать")),
                choice("all").with("checked", "checked"),
                label("only-all", "everything", "всё"),
                choice("attention"),
                label("only-attention", "what needs attention", "требующее внимания"),
                choice("asks"),
                label("only-asks", "what is to ask", "вопросы провайдеру"),
                choice("musts"),
                label("only-musts", "what is mandatory", "обязательное"),
                tag("br"),
                tag("input").with("type", "checkbox").with("id", "with-evidence"),
                label(
                        "with-evidence",
                        "with all that was run, and what it printed",
                        "со всеми командами и их выводом"));
    }

    private static Html.Tag choice(String name) {
        return tag("input").with("type", "radio").with("name", "shown").with("id", "only-" + name);
    }

    private Html label(String of, String en, String ru) {
        return tag("label", words(en, ru)).with("for", of);
    }

    private Html part(Part part) {
        return Html.all(
                part.section()
                        .map(section -> (Html) tag("h2", section.in(language)).with("class", "section"))
                        .orElse(Html.NONE),
                tag(
                                "section",
                                tag("h3", FindingHtml.unmarked(part.title().in(language))),
                                tag(
                                                "ul",
                                                findings(part).stream()
                                                        .map(findings::whole)
                                                        .toList())
                                        .with("class", "list"))
                        .with("class", "part"));
    }

    private List<Finding> findings(Part part) {
        return part.requirements().stream()
                .map(requirement -> inspection.of(requirement.id()))
                .toList();
    }

    private String fitClass() {
        return switch (standing.fit()) {
            case YES -> "pass";
            case NO -> "fail";
            case UNKNOWN -> "unknown";
        };
    }

    private String words(String en, String ru) {
        return new Wording(en, ru).in(language);
    }
}
