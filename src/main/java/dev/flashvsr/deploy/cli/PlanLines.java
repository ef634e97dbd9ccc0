package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.plan.Plan;
import java.util.List;

/** A plan as the event that tells it. */
final class PlanLines {
    private PlanLines() {}

    static List<RunEvent.PlanLine> of(Plan plan) {
        return plan.steps().stream()
                .map(step -> new RunEvent.PlanLine(
                        step.id(), step.step().title(), step.action().word(), step.reason(), step.expected()))
                .toList();
    }
}
