package dev.flashvsr.deploy.report;

import static dev.flashvsr.deploy.report.Html.tag;
import static dev.flashvsr.deploy.report.Html.text;

import dev.flashvsr.deploy.inspect.Finding;
import dev.flashvsr.deploy.inspect.InspectionWords;
import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Severity;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.probe.Output;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import dev.flashvsr.deploy.progress.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One finding on a page: as an item of the document, as a link to that, or as a box of a closing list. */
final class FindingHtml {
    private static final int LENGTH = 1000;

    private final EvidenceOnce evidence;
    private final Language language;

    FindingHtml(EvidenceOnce evidence, Language language) {
        this.evidence = evidence;
        this.language = language;
    }

    /** Words of ours or of a box. */
    Html words(Wording wording) {
        return text(Excerpt.oneLine(wording.in(language), LENGTH));
    }

    /** With all that is known of it. */
    Html whole(Finding finding) {
        Requirement requirement = finding.requirement();
        List<Html> item = new ArrayList<>();
        item.add(tag("p", key(requirement), text(" "), asked(requirement), severity(requirement))
                .with("class", "asked"));
        item.add(tag("p", verdict(finding), text(" "), words(finding.says())));
        if (finding.verdict() == Verdict.ASK || finding.verdict() == Verdict.UNKNOWN) {
            note(item, new Wording("Ask:", "Спросить:"), requirement.question());
            note(item, new Wording("A good answer:", "Хороший ответ:"), requirement.goodAnswer());
        }
        evidence(item, finding);
        return tag("li", item)
                .with("id", requirement.id())
                .with(
                        "class",
                        "finding " + word(finding.verdict()) + "-item " + word(requirement.severity())
                                + (requirement.depth() == 0 ? "" : " nested"));
    }

    /** In short, with a link to the whole. */
    Html link(Finding finding) {
        return tag(
                "li",
                tag(
                        "p",
                        verdict(finding),
                        text(" "),
                        tag("a", asked(finding.requirement()))
                                .with("href", "#" + finding.requirement().id()),
                        severity(finding.requirement())),
                tag("p", words(finding.says())));
    }

    /** Its verdict and what is asked. */
    Html box(Finding finding) {
        return tag(
                "li",
                verdict(finding),
                text(" "),
                tag("a", asked(finding.requirement()))
                        .with("href", "#" + finding.requirement().id()));
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** A sign that does not need colours. */
    static String sign(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "✓";
            case WARN -> "!";
            case ASK, UNKNOWN -> "?";
            case FAIL -> "✗";
        };
    }

    /** Without the document's marks of emphasis. */
    static String unmarked(String text) {
        return text.replace("**", "").replace("`", "");
    }

    private Html verdict(Finding finding) {
        String steps = finding.curedBy().isEmpty() ? "" : " (" + String.join(", ", finding.curedBy()) + ")";
        return tag(
                        "span",
                        sign(finding.verdict()) + " "
                                + InspectionWords.of(finding).in(language) + steps)
                .with("class", "verdict " + word(finding.verdict()));
    }

    private Html asked(Requirement requirement) {
        return text(unmarked(requirement.text().in(language)));
    }

    private static Html key(Requirement requirement) {
        return tag("span", requirement.key()).with("class", "quiet key");
    }

    private Html severity(Requirement requirement) {
        return requirement.severity() == Severity.MANDATORY
                ? Html.all(
                        text(" "),
                        tag("span", InspectionWords.of(Severity.MANDATORY).in(language))
                                .with("class", "tag"))
                : Html.NONE;
    }

    private void note(List<Html> item, Wording before, Optional<Wording> text) {
        text.ifPresent(note -> item.add(tag("p", tag("strong", before.in(language)), text(" "), words(note))
                .with("class", "small")));
    }

    private void evidence(List<Html> item, Finding finding) {
        List<Requirement> elsewhere = evidence.elsewhere(finding);
        if (!elsewhere.isEmpty()) {
            List<Html> links = new ArrayList<>(List.of(text(InspectionWords.SEEN_AT.in(language))));
            elsewhere.forEach(other ->
                    links.add(Html.all(text(" "), tag("a", other.key()).with("href", "#" + other.id()))));
            item.add(tag("p", links).with("class", "small quiet"));
        }
        List<Output> shown = evidence.shownAt(finding);
        if (shown.isEmpty()) {
            return;
        }
        List<Html> folded = new ArrayList<>();
        folded.add(tag("summary", InspectionWords.EVIDENCE.in(language)));
        note(
                folded,
                new Wording("May mislead:", "Может ввести в заблуждение:"),
                finding.requirement().misleads());
        shown.forEach(output -> output(folded, output));
        item.add(tag("details", folded).with("class", "evidence"));
    }

    private void output(List<Html> folded, Output output) {
        excerpt(folded, EvidenceOnce.command(output), "command");
        Excerpt printed = EvidenceOnce.text(output);
        if (printed.lines().isEmpty()) {
            folded.add(tag("p", InspectionWords.SILENT.in(language)).with("class", "small"));
        } else {
            excerpt(folded, printed, "printed");
        }
        InspectionWords.ending(output)
                .ifPresent(ending -> folded.add(tag("p", ending.in(language)).with("class", "small")));
    }

    private void excerpt(List<Html> folded, Excerpt excerpt, String kind) {
        folded.add(tag("pre", Html.lines(excerpt.lines())).with("class", kind).with("tabindex", "0"));
        if (excerpt.leftOut() > 0) {
            folded.add(tag("p", InspectionWords.leftOut(excerpt.leftOut()).in(language))
                    .with("class", "small quiet"));
        }
    }
}
