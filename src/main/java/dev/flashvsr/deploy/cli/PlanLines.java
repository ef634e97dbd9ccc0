package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.plan.Action;
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

    /** Of a plan for which no check was asked, because another run works through it. */
    static List<RunEvent.PlanLine> unasked(Plan plan) {
        return plan.steps().stream()
                .map(step -> new RunEvent.PlanLine(
                        step.id(),
                        step.step().title(),
                        Action.UNKNOWN.word(),
                        "decided by the run that is followed; its check was not asked",
                        step.expected()))
                .toList();
    }
}
