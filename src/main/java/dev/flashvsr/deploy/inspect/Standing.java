package dev.flashvsr.deploy.inspect;

import static java.util.function.Predicate.not;

import dev.flashvsr.deploy.inspect.catalogue.Severity;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * What an inspection comes to.
 *
 * @param points all findings in the document's order, without those composed ones that only repeat one of theirs
 */
public record Standing(Fit fit, List<Finding> points) {
    /** Whether the box can be used. */
    public enum Fit {
        /** Nothing mandatory is unmet or unknown. What only the provider can tell may be open. */
        YES,
        /** Something mandatory is not met. */
        NO,
        /** Nothing mandatory is known to be unmet, but something could not be seen. */
        UNKNOWN;

        /** As JSON has it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Keeps a copy. */
    public Standing {
        points = List.copyOf(points);
    }

    /** Of this inspection. */
    public static Standing of(Inspection inspection) {
        List<Finding> points = inspection.inOrder().stream()
                .filter(finding -> !repeats(finding, inspection))
                .toList();
        Verdict worst = points.stream()
                .filter(Standing::isMandatory)
                .map(Finding::verdict)
                .reduce(Verdict.PASS, Verdict::orWorse);
        Fit fit = worst == Verdict.FAIL ? Fit.NO : worst == Verdict.UNKNOWN ? Fit.UNKNOWN : Fit.YES;
        return new Standing(fit, points);
    }

    /** Those of this verdict, the mandatory ones first. */
    public List<Finding> of(Verdict verdict) {
        return points.stream()
                .filter(finding -> finding.verdict() == verdict)
                .sorted((a, b) ->
                        a.requirement().severity().compareTo(b.requirement().severity()))
                .toList();
    }

    /** Those that a step of the playbook mends. */
    public List<Finding> mended() {
        return of(Verdict.WARN).stream().filter(Finding::isMended).toList();
    }

    /** Those that are met with a reservation that stays. */
    public List<Finding> reserved() {
        return of(Verdict.WARN).stream().filter(not(Finding::isMended)).toList();
    }

    /** How many of this severity have this verdict. */
    public long count(Severity severity, Verdict verdict) {
        return points.stream()
                .filter(finding -> finding.requirement().severity() == severity && finding.verdict() == verdict)
                .count();
    }

    /** How many of this severity there are. */
    public long count(Severity severity) {
        return points.stream()
                .filter(finding -> finding.requirement().severity() == severity)
                .count();
    }

    /** The verdict in one sentence, with what the mandatory points come to. */
    public Wording sentence() {
        return StandingSentence.of(this);
    }

    static boolean isMandatory(Finding finding) {
        return finding.requirement().severity() == Severity.MANDATORY;
    }

    private static boolean repeats(Finding finding, Inspection inspection) {
        return finding.requirement().from().stream()
                .map(inspection.findings()::get)
                .anyMatch(part -> part != null
                        && part.verdict() == finding.verdict()
                        && part.requirement()
                                        .severity()
                                        .compareTo(finding.requirement().severity())
                                <= 0);
    }
}
