package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.console.BoxLine;
import dev.flashvsr.deploy.engine.RoomTaken;
import dev.flashvsr.deploy.plan.Action;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.PlanSummary;
import dev.flashvsr.deploy.plan.PlannedStep;
import dev.flashvsr.deploy.playbook.Step;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/** What a plan still needs of the disk. */
final class DiskNeeds {
    private DiskNeeds() {}

    /**
     * The plan with what its steps have on the disk already taken off their needs. The box is asked only where it would have too
     * little room otherwise: to measure many files takes time.
     */
    static Plan less(Plan plan, Box box, BoxLine line, RandomGenerator random) {
        Optional<Long> free = line.freeBytes();
        if (free.isEmpty() || needed(plan) <= free.get()) {
            return plan;
        }
        List<Step> steps = plan.steps().stream()
                .filter(step -> step.action() != Action.SKIP && step.action() != Action.ADOPT)
                .filter(step -> !step.wasDoneOtherwise())
                .map(PlannedStep::step)
                .toList();
        return plan.afterTaking(
                RoomTaken.by(new BoxShell(box, random), plan.root().orElseThrow(), steps));
    }

    /** Bytes that its steps write at most, by their estimates. */
    static long needed(Plan plan) {
        return PlanSummary.of(plan, OptionalDouble.empty()).atMost().disk();
    }
}
