package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.Words;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which steps of the playbook a plan is about.
 *
 * @param only these alone; empty: not limited so
 * @param from these and all that need them, directly or not; empty: not limited so
 * @param force as if their check said no; they must be among the selected
 */
public record Selection(List<String> only, List<String> from, List<String> force) {
    /** Every step, none forced. */
    public static final Selection ALL = new Selection(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public Selection {
        only = List.copyOf(only);
        from = List.copyOf(from);
        force = List.copyOf(force);
    }

    /** These steps alone, done anew whatever their check says. */
    public static Selection anew(List<String> ids) {
        return new Selection(ids, List.of(), ids);
    }

    /**
     * Ids of the selected steps, in the playbook's order.
     *
     * @throws DeployException exit 2, if it names a step that the playbook has not, forces one that is not selected, or has
     *     both {@code only} and {@code from}
     */
    Set<String> resolve(Playbook playbook) {
        List<String> known = playbook.steps().stream().map(Step::id).toList();
        mustBeKnown("--only", only, known);
        mustBeKnown("--from", from, known);
        mustBeKnown("--force", force, known);
        if (!only.isEmpty() && !from.isEmpty()) {
            throw usage("--only and --from can't be used together.", "Leave one of them out.");
        }
        Set<String> selected = new LinkedHashSet<>(known);
        if (!only.isEmpty()) {
            selected.retainAll(Set.copyOf(only));
        }
        if (!from.isEmpty()) {
            selected.retainAll(new StepGraph(playbook.steps()).withDependants(from));
        }
        for (String id : force) {
            if (!selected.contains(id)) {
                throw usage(
                        "--force " + id + ": this step is not among the selected ones (" + String.join(", ", selected)
                                + ").",
                        "Select it too, or leave --force " + id + " out.");
            }
        }
        return selected;
    }

    /**
     * Refuses what is no step.
     *
     * @param option what named them, such as {@code --only}
     * @throws DeployException exit status 2, with the nearest right word
     */
    public static void mustBeKnown(String option, List<String> ids, List<String> known) {
        for (String id : ids) {
            if (!known.contains(id)) {
                throw usage(
                        option + " " + Words.quoted(id) + ": the playbook has no such step"
                                + Words.nearest(id, known)
                                        .map(right -> "; did you mean " + Words.quoted(right) + "?")
                                        .orElse("."),
                        "Its steps are: " + String.join(", ", known) + ".");
            }
        }
    }

    private static DeployException usage(String what, String next) {
        return new DeployException(ExitCode.USAGE, what, next);
    }
}
