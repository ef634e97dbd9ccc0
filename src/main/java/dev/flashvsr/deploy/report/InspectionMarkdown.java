package dev.flashvsr.deploy.report;

import dev.flashvsr.deploy.inspect.Finding;
import dev.flashvsr.deploy.inspect.Inspection;
import dev.flashvsr.deploy.inspect.InspectionWords;
import dev.flashvsr.deploy.inspect.Standing;
import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.inspect.catalogue.Part;
import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.probe.Output;
import dev.flashvsr.deploy.progress.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An inspection as the document itself, filled in: its headings, its lines in its own order and words, each with its box
 * ({@code [x]} met, also where a step will mend it; {@code [ ]} not met; {@code [?]} not known), what was found, and what it
 * was judged by, folded.
 */
public final class InspectionMarkdown {
    private final Inspection inspection;
    private final Language language;
    private final EvidenceOnce evidence;
    private final List<String> lines = new ArrayList<>();

    private InspectionMarkdown(Inspection inspection, Language language) {
        this.inspection = inspection;
        this.language = language;
        this.evidence = new EvidenceOnce(inspection);
    }

    /** The whole file. */
    public static String of(Inspection inspection, Language language) {
        InspectionMarkdown markdown = new InspectionMarkdown(inspection, language);
        markdown.head();
        inspection.parts().forEach(markdown::part);
        return String.join("\n", markdown.lines) + "\n";
    }

    private void head() {
        lines.add("# " + Markdown.text(inspection.subject()));
        lines.add("");
        lines.add("**" + Standing.of(inspection).sentence().in(language) + "**");
        lines.add("");
        inspection.summary().forEach(line -> lines.add("- " + found(line)));
        inspection.outlook().ifPresent(outlook -> lines.add("- " + found(outlook)));
        lines.add("- " + InspectionWords.time(inspection.at()));
        lines.add("");
        lines.add(new Wording(
                        "`[x]` met, or mended by the deploy; `[ ]` not met; `[?]` unknown, or to ask the provider.",
                        "`[x]` выполнено или исправит установка; `[ ]` не выполнено; `[?]` неизвестно или спросить.")
                .in(language));
    }

    private void part(Part part) {
        part.section().ifPresent(section -> heading("## ", section));
        heading("### ", part.title());
        lines.add("");
        part.requirements().forEach(requirement -> finding(inspection.of(requirement.id())));
    }

    private void heading(String level, Wording text) {
        if (!lines.get(lines.size() - 1).isEmpty()) {
            lines.add("");
        }
        lines.add(level + text.in(language));
    }

    private void finding(Finding finding) {
        String indent = "  ".repeat(finding.requirement().depth());
        lines.add(indent + "- [" + box(finding) + "] "
                + finding.requirement().text().in(language) + "<br>");
        lines.add(indent + "  " + finding.requirement().key() + " **"
                + InspectionWords.of(finding).in(language) + "**"
                + (finding.curedBy().isEmpty() ? "" : " (" + String.join(", ", finding.curedBy()) + ")") + ": "
                + found(finding.says()) + elsewhere(finding));
        List<Output> shown = evidence.shownAt(finding);
        if (!shown.isEmpty()) {
            evidence(shown).forEach(line -> lines.add(line.isEmpty() ? "" : indent + "  " + line));
        }
    }

    private String elsewhere(Finding finding) {
        String keys = evidence.elsewhere(finding).stream().map(Requirement::key).collect(Collectors.joining(", "));
        return keys.isEmpty() ? "" : " (" + InspectionWords.SEEN_AT.in(language) + " " + keys + ")";
    }

    private List<String> evidence(List<Output> shown) {
        List<String> block = new ArrayList<>();
        block.add("<details><summary>" + InspectionWords.EVIDENCE.in(language) + "</summary>");
        block.add("");
        shown.forEach(output -> output(block, output));
        block.add("</details>");
        block.add("");
        return block;
    }

    private void output(List<String> block, Output output) {
        fenced(block, "bash", EvidenceOnce.command(output));
        Excerpt text = EvidenceOnce.text(output);
        if (text.lines().isEmpty()) {
            block.add(InspectionWords.SILENT.in(language));
            block.add("");
        } else {
            fenced(block, "text", text);
        }
        InspectionWords.ending(output).ifPresent(ending -> {
            block.add(ending.in(language));
            block.add("");
        });
    }

    private void fenced(List<String> block, String kind, Excerpt excerpt) {
        block.addAll(Markdown.fenced(kind, excerpt.lines()));
        block.add("");
        if (excerpt.leftOut() > 0) {
            block.add(InspectionWords.leftOut(excerpt.leftOut()).in(language));
            block.add("");
        }
    }

    private String found(Wording wording) {
        return Markdown.text(wording.in(language));
    }

    private static String box(Finding finding) {
        return switch (finding.verdict()) {
            case PASS, WARN -> "x";
            case ASK, UNKNOWN -> "?";
            case FAIL -> " ";
        };
    }
}
