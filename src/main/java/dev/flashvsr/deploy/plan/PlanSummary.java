package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.playbook.Step;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * A plan in one sentence's worth of figures.
 *
 * @param counts of every action, 0 where it does not occur
 * @param sure what the steps take that will run, or are running
 * @param atMost the same with those added that are decided on the box
 */
public record PlanSummary(Map<Action, Integer> counts, Amounts sure, Amounts atMost) {
    /**
     * What some of the steps take; what is not known counts as nothing.
     *
     * @param time along the critical path: needs respected, locks not
     * @param download in bytes
     * @param disk in bytes
     * @param cost in the currency of the price, where there is one
     * @param unestimated how many of them nothing is known of
     */
    public record Amounts(Duration time, long download, long disk, OptionalDouble cost, int unestimated) {}

    /** Of a plan; {@code pricePerHour} where one is known. */
    public static PlanSummary of(Plan plan, OptionalDouble pricePerHour) {
        Map<Action, Integer> counts = new EnumMap<>(Action.class);
        for (Action action : Action.values()) {
            counts.put(action, (int) plan.steps().stream()
                    .filter(step -> step.action() == action)
                    .count());
        }
        Predicate<PlannedStep> runs = step -> step.action().runs() || step.action() == Action.REATTACH;
        return new PlanSummary(
                Map.copyOf(counts),
                amounts(plan, runs, pricePerHour),
                amounts(plan, runs.or(step -> step.action() == Action.UNKNOWN), pricePerHour));
    }

    /** How many steps have this action. */
    public int count(Action action) {
        return counts.getOrDefault(action, 0);
    }

    private static Amounts amounts(Plan plan, Predicate<PlannedStep> counted, OptionalDouble pricePerHour) {
        List<PlannedStep> steps = plan.steps().stream().filter(counted).toList();
        Duration time = criticalPath(plan, counted);
        return new Amounts(
                time,
                sum(steps, step -> step.estimate().download().orElse(0)),
                sum(steps, step -> step.estimate().disk().orElse(0)),
                pricePerHour.isPresent()
                        ? OptionalDouble.of(pricePerHour.getAsDouble() * time.toMillis() / 3_600_000.0)
                        : OptionalDouble.empty(),
                (int) steps.stream().filter(step -> step.expected().isEmpty()).count());
    }

    private static long sum(List<PlannedStep> steps, ToLongFunction<Step> amount) {
        return steps.stream().map(PlannedStep::step).mapToLong(amount).sum();
    }

    /** Steps that take no time still pass on the time of what they need. */
    private static Duration criticalPath(Plan plan, Predicate<PlannedStep> counted) {
        Map<String, PlannedStep> planned = new HashMap<>();
        plan.steps().forEach(step -> planned.put(step.id(), step));
        Map<String, Duration> ends = new HashMap<>();
        Duration latest = Duration.ZERO;
        for (Step step : new StepGraph(plan.playbook().steps()).inOrder()) {
            Duration start = step.needs().stream()
                    .map(need -> ends.getOrDefault(need, Duration.ZERO))
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
            PlannedStep own = planned.get(step.id());
            Duration takes = own != null && counted.test(own) ? own.expected().orElse(Duration.ZERO) : Duration.ZERO;
            Duration end = start.plus(takes);
            ends.put(step.id(), end);
            latest = latest.compareTo(end) < 0 ? end : latest;
        }
        return latest;
    }
}
