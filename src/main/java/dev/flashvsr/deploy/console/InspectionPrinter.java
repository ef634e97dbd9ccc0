package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.inspect.Finding;
import dev.flashvsr.deploy.inspect.Inspection;
import dev.flashvsr.deploy.inspect.InspectionWords;
import dev.flashvsr.deploy.inspect.Standing;
import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.inspect.catalogue.Part;
import dev.flashvsr.deploy.inspect.catalogue.Severity;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An inspection for people: the verdict in a sentence, the box in a few lines, what needs attention, the closing lists, and
 * what to do next. What is met, what a step mends, what is to ask and what no probe was run for are counted only.
 */
public final class InspectionPrinter {
    /** Lines longer than this are tiresome to read, however wide the terminal is. */
    private static final int WIDEST = 110;

    /** So many that stand so for the same reason are told of together. */
    private static final int MANY = 3;

    private final Style style;
    private final InspectionText text;
    private final boolean all;

    /**
     * For a terminal.
     *
     * @param columns of it
     * @param all every finding is shown, with its evidence
     */
    public InspectionPrinter(Style style, Language language, int columns, boolean all) {
        this.style = style;
        this.text = new InspectionText(style, language, Math.min(columns, WIDEST));
        this.all = all;
    }

    /**
     * The lines.
     *
     * @param next commands to go on with, each with what it does; they are shown as they are
     */
    public List<String> lines(Inspection inspection, List<NextCommand> next) {
        Standing standing = Standing.of(inspection);
        List<String> lines = new ArrayList<>(sentence(standing));
        lines.add("");
        lines.addAll(text.wrapped(
                2, text.words(Wording.same(inspection.subject())) + ", " + InspectionWords.time(inspection.at())));
        inspection.summary().forEach(line -> lines.addAll(text.wrapped(2, text.words(line))));
        inspection.outlook().ifPresent(outlook -> lines.addAll(text.wrapped(2, text.words(outlook))));
        attention(lines, new Wording("Not met", "Не выполнено"), standing.of(Verdict.FAIL));
        attention(lines, new Wording("Could not be seen", "Не удалось узнать"), looked(standing, true));
        attention(lines, new Wording("Met with a reservation", "Выполнено с оговоркой"), standing.reserved());
        counts(lines, standing);
        if (all) {
            inspection.parts().forEach(part -> everything(lines, part, inspection));
        }
        inspection.parts().stream().filter(Part::closes).forEach(part -> boxes(lines, part, inspection));
        next(lines, next);
        return lines;
    }

    private List<String> sentence(Standing standing) {
        return text.wrapped(0, text.words(standing.sentence())).stream()
                .map(line -> style.bold(
                        switch (standing.fit()) {
                            case YES -> style.green(line);
                            case NO -> style.red(line);
                            case UNKNOWN -> style.yellow(line);
                        }))
                .toList();
    }

    private void attention(List<String> lines, Wording heading, List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(text.heading(heading, ": " + findings.size()));
        int width = keyWidth(findings);
        Map<Wording, List<Finding>> bySaying = findings.stream()
                .collect(Collectors.groupingBy(Finding::says, LinkedHashMap::new, Collectors.toList()));
        bySaying.values()
                .forEach(same -> lines.addAll(
                        same.size() < MANY
                                ? same.stream()
                                        .flatMap(finding -> text.finding(finding, width).stream())
                                        .toList()
                                : text.together(same, width)));
    }

    /** Those that are unknown although a probe of theirs was run, or those of which none was. */
    private static List<Finding> looked(Standing standing, boolean wanted) {
        return standing.of(Verdict.UNKNOWN).stream()
                .filter(finding -> wanted != finding.evidence().isEmpty())
                .toList();
    }

    private void counts(List<String> lines, Standing standing) {
        List<Finding> mended = standing.mended();
        List<Finding> toAsk = standing.of(Verdict.ASK);
        lines.add("");
        if (!mended.isEmpty()) {
            String steps = mended.stream()
                    .flatMap(finding -> finding.curedBy().stream())
                    .distinct()
                    .collect(Collectors.joining(", "));
            lines.addAll(text.wrapped(
                    0,
                    text.words(new Wording("The deploy mends", "Исправит установка")) + ": " + mended.size() + " ("
                            + steps + ")"));
        }
        if (!toAsk.isEmpty()) {
            String mandatory = toAsk.stream()
                    .filter(finding -> finding.requirement().severity() == Severity.MANDATORY)
                    .map(finding -> finding.requirement().id())
                    .collect(Collectors.joining(", "));
            lines.addAll(text.wrapped(
                    0,
                    text.words(new Wording("To ask the provider", "Спросить у провайдера")) + ": " + toAsk.size()
                            + (mandatory.isEmpty()
                                    ? ""
                                    : " (" + text.words(InspectionWords.of(Severity.MANDATORY)) + ": " + mandatory
                                            + ")")));
        }
        List<Finding> unseen = looked(standing, false);
        if (!unseen.isEmpty()) {
            lines.add(text.words(new Wording("Not looked at", "Не проверялось")) + ": " + unseen.size());
        }
        lines.add(text.words(new Wording("Met", "Выполнено")) + ": "
                + standing.of(Verdict.PASS).size());
    }

    private void everything(List<String> lines, Part part, Inspection inspection) {
        List<Finding> findings = part.requirements().stream()
                .map(requirement -> inspection.of(requirement.id()))
                .toList();
        int width = keyWidth(findings);
        lines.add("");
        part.section().ifPresent(section -> lines.add(text.heading(section, "")));
        lines.add(text.heading(part.title(), ""));
        for (Finding finding : findings) {
            lines.addAll(text.finding(finding, width));
            lines.addAll(text.evidence(finding, 2 + 2 + width + 2));
        }
    }

    private void boxes(List<String> lines, Part part, Inspection inspection) {
        lines.add("");
        lines.add(text.heading(part.title(), ""));
        part.requirements().forEach(requirement -> lines.addAll(text.box(inspection.of(requirement.id()))));
    }

    private void next(List<String> lines, List<NextCommand> next) {
        if (next.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(text.heading(new Wording("Next", "Дальше"), ""));
        for (NextCommand command : next) {
            lines.add("  " + command.command());
            lines.addAll(text.wrapped(6, text.words(command.what())));
        }
    }

    private static int keyWidth(List<Finding> findings) {
        return findings.stream()
                .mapToInt(finding -> Columns.of(finding.requirement().key()))
                .max()
                .orElse(0);
    }
}
