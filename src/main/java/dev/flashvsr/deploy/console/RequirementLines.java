package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.inspect.Finding;
import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a playbook requires of the box, beside its plan: one line of counts, one for each that a person should know of. */
public final class RequirementLines {
    private final Style style;

    /** On such a terminal. */
    public RequirementLines(Style style) {
        this.style = style;
    }

    /** None where nothing is required. */
    public List<String> lines(Collection<Finding> findings) {
        if (findings.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("Required of the box: " + counts(findings) + ".");
        findings.stream()
                .filter(finding -> finding.verdict() != Verdict.PASS && finding.verdict() != Verdict.ASK)
                .map(this::line)
                .forEach(lines::add);
        return lines;
    }

    /** {@code gpu-memory: 24564 MiB, where 40000 are needed}. */
    public String line(Finding finding) {
        String cure = finding.curedBy().isEmpty() ? "" : " Mended by " + String.join(", ", finding.curedBy()) + ".";
        return "  " + VerdictSign.of(finding.verdict(), style) + " "
                + finding.requirement().id() + ": " + style.plain(finding.says().in(Language.EN)) + cure;
    }

    private static String counts(Collection<Finding> findings) {
        Map<Verdict, Long> counts = findings.stream()
                .collect(Collectors.groupingBy(
                        Finding::verdict, () -> new EnumMap<>(Verdict.class), Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + word(entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "met";
            case WARN -> "with a reservation";
            case ASK -> "to ask the provider";
            case UNKNOWN -> "could not be seen";
            case FAIL -> "not met";
        };
    }
}
