package dev.flashvsr.deploy.report;

import dev.flashvsr.deploy.inspect.Finding;
import dev.flashvsr.deploy.inspect.Inspection;
import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.probe.Output;
import dev.flashvsr.deploy.progress.Excerpt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which finding shows an output: the first that was judged by it. The others only name that one. */
final class EvidenceOnce {
    private static final int COMMAND_LINES = 60;
    private static final int LINES = 200;
    private static final int LINE_LENGTH = 1000;

    private final Map<Output, Requirement> first = new HashMap<>();

    EvidenceOnce(Inspection inspection) {
        inspection
                .inOrder()
                .forEach(finding ->
                        finding.evidence().forEach(output -> first.putIfAbsent(output, finding.requirement())));
    }

    /** The outputs that are shown below this finding. */
    List<Output> shownAt(Finding finding) {
        return finding.evidence().stream()
                .distinct()
                .filter(output -> place(output).equals(finding.requirement()))
                .toList();
    }

    /** The requirements below which the others of this finding are shown. */
    List<Requirement> elsewhere(Finding finding) {
        return finding.evidence().stream()
                .map(this::place)
                .filter(place -> !place.equals(finding.requirement()))
                .distinct()
                .toList();
    }

    private Requirement place(Output output) {
        return Objects.requireNonNull(first.get(output), "of another inspection");
    }

    static Excerpt command(Output output) {
        return Excerpt.of(output.command(), COMMAND_LINES, LINE_LENGTH);
    }

    static Excerpt text(Output output) {
        return Excerpt.of(output.text(), LINES, LINE_LENGTH);
    }
}
