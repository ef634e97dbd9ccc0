package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.checkpoint.Attempt;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.Step;
import java.util.List;
import java.util.Set;

/** Refuses a selection that leaves out what it stands on. */
final class MissingNeeds {
    private MissingNeeds() {}

    /**
     * A step that is needed, directly or not, but not selected, must be as wanted; where its check can't tell, the box
     * decides.
     */
    static void refuse(Playbook playbook, Set<String> selected, BoxState box) {
        Set<String> needed = new StepGraph(playbook.steps()).neededBy(selected);
        List<String> missing = playbook.steps().stream()
                .map(Step::id)
                .filter(needed::contains)
                .filter(id -> missing(box.step(id)))
                .toList();
        if (!missing.isEmpty()) {
            throw new MissingNeedsException(
                    missing, box.step(missing.get(0)).check().said());
        }
    }

    private static boolean missing(StepState state) {
        return state.check().answer() == Answer.NO
                || state.attempt().filter(Attempt::running).isPresent();
    }
}
