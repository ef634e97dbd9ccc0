package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.plan.SavedPlan.SavedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What changed between a saved plan and a fresh one, in sentences: why {@code up --plan} refuses. */
public final class PlanDiff {
    private final List<String> found = new ArrayList<>();

    private PlanDiff() {}

    /** Empty if the fresh plan does the same, for the same reasons that count: reasons' words and times don't. */
    public static List<String> between(SavedPlan saved, Plan fresh) {
        if (saved.root().isEmpty() && fresh.root().isPresent()) {
            return List.of("The plan was made without a box.");
        }
        PlanDiff diff = new PlanDiff();
        diff.box(saved, fresh);
        diff.steps(saved, fresh);
        if (diff.found.isEmpty() && !saved.identity().equals(fresh.identity())) {
            diff.found.add("Limits, retries or locks of the playbook's steps changed.");
        }
        return List.copyOf(diff.found);
    }

    private void box(SavedPlan saved, Plan fresh) {
        if (!saved.playbook().equals(fresh.playbook().name())) {
            found.add("The plan was made from the playbook " + Shown.line(saved.playbook()) + ", not from "
                    + fresh.playbook().name() + ".");
        }
        if (saved.boxId().isEmpty() && fresh.boxId().isPresent()) {
            found.add("The box has been worked on since: it had no identity then.");
        } else if (saved.boxId().isPresent() && fresh.boxId().isEmpty()) {
            found.add("The box has lost its identity: its disk was wiped, or it is another box.");
        } else if (!saved.boxId().equals(fresh.boxId())) {
            found.add("The plan was made for another box.");
        }
        if (!saved.root().equals(fresh.root())) {
            found.add("The root was " + Shown.line(saved.root().orElse("")) + ", and is "
                    + fresh.root().orElse("not known") + " now.");
        }
    }

    private void steps(SavedPlan saved, Plan fresh) {
        Map<String, SavedStep> before = byId(saved.steps(), SavedStep::id);
        Map<String, PlannedStep> now = byId(fresh.steps(), PlannedStep::id);
        saved.steps().stream()
                .filter(step -> !now.containsKey(step.id()))
                .forEach(step -> found.add(Shown.line(step.id()) + " is no step of it any more."));
        for (PlannedStep step : fresh.steps()) {
            SavedStep old = before.get(step.id());
            if (old == null) {
                found.add(step.id() + " is a new step.");
            } else {
                step(old, step);
            }
        }
        if (found.isEmpty()
                && !saved.steps().stream()
                        .map(SavedStep::id)
                        .toList()
                        .equals(fresh.steps().stream().map(PlannedStep::id).toList())) {
            found.add("The steps are in another order.");
        }
    }

    private void step(SavedStep old, PlannedStep fresh) {
        List<String> differences = new ArrayList<>();
        if (!old.fingerprint().equals(fresh.fingerprint())) {
            List<String> values = Changes.ofValues(old.inputs(), Fingerprint.inputs(fresh.step(), fresh.values()));
            differences.add(values.isEmpty() ? "its revision or its files changed" : Changes.listed(values));
        }
        if (!old.scriptHash().equals(fresh.scriptHash())) {
            differences.add("its script or the library changed");
        }
        if (!old.needs().equals(fresh.step().needs())) {
            differences.add("it needs other steps");
        }
        if (old.force() != fresh.force()) {
            differences.add(fresh.force() ? "it is forced" : "it is not forced any more");
        }
        if (old.action() != fresh.action()) {
            differences.add("it was to be \"" + old.action().word() + "\" and is \""
                    + fresh.action().word() + "\" now (" + fresh.reason() + ")");
        }
        if (!differences.isEmpty()) {
            found.add(fresh.id() + ": " + String.join("; ", differences) + ".");
        }
    }

    private static <T> Map<String, T> byId(List<T> steps, Function<T, String> id) {
        return steps.stream().collect(Collectors.toMap(id, step -> step, (first, second) -> first));
    }
}
