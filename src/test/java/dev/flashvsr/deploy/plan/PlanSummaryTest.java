package dev.flashvsr.deploy.plan;

import static dev.flashvsr.deploy.plan.Fixtures.plan;
import static dev.flashvsr.deploy.plan.Fixtures.playbook;
import static dev.flashvsr.deploy.plan.Fixtures.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.plan.Fixtures.Box;
import dev.flashvsr.deploy.playbook.Estimate;
import dev.flashvsr.deploy.playbook.Step;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PlanSummaryTest {
    private static final Step A = step("a");
    private static final Step B = step("b", "a");
    private static final Step C = step("c");

    @Test
    void stepsThatOverlapAreCountedOnceInTimeAndEachInBytes() {
        Plan plan = plan(
                playbook(A, B, C), new Box().check("a", "no").check("b", "no").check("c", "no"));

        PlanSummary summary = PlanSummary.of(plan, OptionalDouble.of(1.2));

        assertThat(summary.count(Action.RUN)).isEqualTo(3);
        assertThat(summary.count(Action.SKIP)).isZero();
        assertThat(summary.sure())
                .isEqualTo(new PlanSummary.Amounts(
                        Duration.ofMinutes(10), 1_200_000_000, 3_000_000, OptionalDouble.of(0.2), 0));
    }

    @Test
    void whatIsDecidedOnTheBoxCountsOnlyAtMost() {
        Plan plan = plan(playbook(A, B, C), new Box().done(A).done(B).done(C).check("a", "no"));

        PlanSummary summary = PlanSummary.of(plan, OptionalDouble.empty());

        assertThat(summary.sure().time()).isEqualTo(Duration.ofMinutes(5));
        assertThat(summary.atMost().time()).isEqualTo(Duration.ofMinutes(10));
        assertThat(summary.atMost().download()).isEqualTo(800_000_000);
        assertThat(summary.sure().cost()).isEmpty();
    }

    @Test
    void whatIsSkippedInBetweenStillOrdersWhatRuns() {
        Step last = step("last", "b");
        Plan plan = plan(
                playbook(A, B, last),
                new Box().done(A).done(B).done(last).check("a", "no").check("last", "no"));

        assertThat(PlanSummary.of(plan, OptionalDouble.empty()).sure().time()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void saysOfHowManyStepsNothingIsKnown() {
        Draft unknown = new Draft(C);
        unknown.estimate = Estimate.UNKNOWN;
        Plan plan =
                Planner.of(playbook(A, unknown.step()), Map.of(), Selection.ALL).offline();

        assertThat(PlanSummary.of(plan, OptionalDouble.empty()).atMost().unestimated())
                .isEqualTo(1);
        assertThat(PlanSummary.of(plan, OptionalDouble.empty()).sure())
                .isEqualTo(new PlanSummary.Amounts(Duration.ZERO, 0, 0, OptionalDouble.empty(), 0));
    }
}
