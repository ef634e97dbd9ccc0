package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.inspect.Finding;
import dev.flashvsr.deploy.inspect.InspectionWords;
import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.inspect.catalogue.Severity;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.probe.Output;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import dev.flashvsr.deploy.progress.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Findings in the lines of a terminal. Words of a box are made safe, and cut where they are endless. */
final class InspectionText {
    private static final int WORDS = 400;
    private static final int COMMAND_LINES = 12;
    private static final int OUTPUT_LINES = 40;
    private static final int OUTPUT_COLUMNS = 400;

    private final Style style;
    private final Language language;
    private final int columns;

    InspectionText(Style style, Language language, int columns) {
        this.style = style;
        this.language = language;
        this.columns = columns;
    }

    /** In our language, on one line. */
    String words(Wording wording) {
        return safe(Excerpt.oneLine(wording.in(language), WORDS));
    }

    /** What is asked: the document's own words. */
    String asked(Finding finding) {
        return unmarked(finding.requirement().text());
    }

    String heading(Wording text, String more) {
        return style.bold(unmarked(text) + more);
    }

    /** Without the document's marks of emphasis. */
    private String unmarked(Wording text) {
        return words(text).replace("**", "").replace("`", "");
    }

    List<String> wrapped(int indent, String text) {
        return Wrap.of(indent, text, columns);
    }

    /** The sign, the key and what is asked; below it what was found. */
    List<String> finding(Finding finding, int keyWidth) {
        int indent = 2 + 2 + keyWidth + 2;
        String key = Columns.pad(finding.requirement().key(), keyWidth);
        List<String> lines = new ArrayList<>(Wrap.of(
                "  " + VerdictSign.of(finding.verdict(), style) + " " + style.dim(key) + "  ",
                indent,
                asked(finding) + " (" + note(finding) + ")",
                columns));
        lines.addAll(wrapped(indent, words(finding.says())));
        return lines;
    }

    /** Several that stand so for the same reason: that once, and then their keys and ids. */
    List<String> together(List<Finding> findings, int keyWidth) {
        int indent = 2 + 2 + keyWidth + 2;
        Finding first = findings.get(0);
        List<String> lines = new ArrayList<>(Wrap.of(
                "  " + VerdictSign.of(first.verdict(), style) + " " + " ".repeat(keyWidth) + "  ",
                indent,
                words(first.says()),
                columns));
        lines.addAll(wrapped(
                indent,
                findings.stream()
                        .map(finding -> finding.requirement().key() + " "
                                + finding.requirement().id())
                        .collect(Collectors.joining(", "))));
        return lines;
    }

    /** The box as the document prints it, and what is asked. */
    List<String> box(Finding finding) {
        String inside = switch (finding.verdict()) {
            case PASS, WARN -> style.green("x");
            case ASK -> style.yellow("?");
            case UNKNOWN -> style.yellow("?");
            case FAIL -> style.red(" ");
        };
        String steps = finding.curedBy().isEmpty() ? "" : ": " + String.join(", ", finding.curedBy());
        String state = finding.verdict() == Verdict.PASS ? "" : " (" + words(InspectionWords.of(finding)) + steps + ")";
        return Wrap.of("  [" + inside + "] ", 6, asked(finding) + state, columns);
    }

    /** Each command and what it printed. */
    List<String> evidence(Finding finding, int indent) {
        List<String> lines = new ArrayList<>();
        for (Output output : finding.evidence()) {
            Excerpt command = Excerpt.of(output.command(), COMMAND_LINES, OUTPUT_COLUMNS);
            lines.addAll(excerpt(command, indent, style.dim("$") + " "));
            lines.addAll(
                    excerpt(Excerpt.of(output.text(), OUTPUT_LINES, OUTPUT_COLUMNS), indent, style.dim("|") + " "));
            InspectionWords.ending(output).ifPresent(ending -> lines.addAll(wrapped(indent, words(ending))));
        }
        return lines;
    }

    /** Text of the box or of ours. In Russian letters are shown whatever the terminal says of itself. */
    String safe(String text) {
        return style.unicode() ? text : ascii(text, language == Language.RU);
    }

    private List<String> excerpt(Excerpt excerpt, int indent, String mark) {
        List<String> lines = new ArrayList<>();
        for (String line : excerpt.lines()) {
            lines.addAll(Wrap.asIs(" ".repeat(indent) + mark, indent + 2, safe(line), columns));
        }
        if (excerpt.leftOut() > 0) {
            lines.addAll(wrapped(indent + 2, words(InspectionWords.leftOut(excerpt.leftOut()))));
        }
        return lines;
    }

    private String note(Finding finding) {
        return finding.requirement().id()
                + (finding.requirement().severity() == Severity.MANDATORY
                        ? ", " + words(InspectionWords.of(Severity.MANDATORY))
                        : "");
    }

    private static String ascii(String text, boolean cyrillic) {
        return text.replace("…", "...")
                .replace('×', 'x')
                .replace("≥", ">=")
                .replace("≤", "<=")
                .replaceAll("[‐-—]", "-")
                .replaceAll("[“”«»„]", "\"")
                .replaceAll("[‘’]", "'")
                .replaceAll("[\u00a0\u2007\u202f]", " ")
                .replaceAll(cyrillic ? "[^ -~А-яЁё№]" : "[^ -~]", "?");
    }
}
