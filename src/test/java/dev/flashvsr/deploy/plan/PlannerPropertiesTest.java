package dev.flashvsr.deploy.plan;

import static dev.flashvsr.deploy.plan.Fixtures.plan;
import static dev.flashvsr.deploy.plan.Fixtures.playbook;
import static dev.flashvsr.deploy.plan.Fixtures.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.plan.Fixtures.Box;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every plan, by random graphs on random boxes; a failure names its seed. */
@Tag("slow")
class PlannerPropertiesTest {
    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingSettledNeedsSomethingUnsettled(int seed) {
        Random random = new Random(seed);
        Playbook playbook = randomPlaybook(random);
        Plan plan = plan(playbook, randomBox(playbook, random));

        Map<String, Action> actions = new HashMap<>();
        plan.steps().forEach(step -> actions.put(step.id(), step.action()));
        for (PlannedStep step : plan.steps()) {
            if (step.action() == Action.SKIP || step.action() == Action.ADOPT) {
                assertThat(step.step().needs())
                        .allSatisfy(need -> assertThat(actions.get(need)).isIn(Action.SKIP, Action.ADOPT));
            }
        }
        assertThat(plan.steps()).extracting(PlannedStep::step).isEqualTo(playbook.steps());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSameBoxGivesTheSamePlan(int seed) {
        Playbook playbook = randomPlaybook(new Random(seed));
        Plan first = plan(playbook, randomBox(playbook, new Random(seed)));
        Plan second = plan(randomPlaybook(new Random(seed)), randomBox(playbook, new Random(seed)));

        assertThat(second).isEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatTheBoxSaysIsNotInTheIdentity(int seed) {
        Playbook playbook = randomPlaybook(new Random(seed));

        Plan first = plan(playbook, randomBox(playbook, new Random(seed)));
        Plan second = plan(playbook, randomBox(playbook, new Random(seed + 1_000_000)));

        assertThat(second.identity()).isEqualTo(first.identity());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theCriticalPathIsTheLongestChainOfNeeds(int seed) {
        Random random = new Random(seed);
        Playbook playbook = randomPlaybook(random);
        Plan plan = plan(playbook, randomBox(playbook, random));

        PlanSummary summary = PlanSummary.of(plan, OptionalDouble.of(3.6));

        Map<String, PlannedStep> byId = new HashMap<>();
        plan.steps().forEach(step -> byId.put(step.id(), step));
        long longest = plan.steps().stream()
                .mapToLong(
                        step -> longest(step, byId, List.of(Action.RUN, Action.RERUN, Action.RESUME, Action.REATTACH)))
                .max()
                .orElse(0);
        assertThat(summary.sure().time()).isEqualTo(Duration.ofMinutes(longest));
        assertThat(summary.atMost().time())
                .isGreaterThanOrEqualTo(summary.sure().time());
        assertThat(summary.counts().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(plan.steps().size());
    }

    private static long longest(PlannedStep step, Map<String, PlannedStep> byId, List<Action> counted) {
        long before = step.step().needs().stream()
                .mapToLong(need -> longest(byId.get(need), byId, counted))
                .max()
                .orElse(0);
        return before
                + (counted.contains(step.action())
                        ? step.expected().orElseThrow().toMinutes()
                        : 0);
    }

    /** Needs point to earlier steps of a first order; the file has them in a second one. */
    private static Playbook randomPlaybook(Random random) {
        int size = 1 + random.nextInt(10);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String[] needs = IntStream.range(0, i)
                    .filter(other -> random.nextInt(3) == 0)
                    .mapToObj(other -> "s" + other)
                    .toArray(String[]::new);
            steps.add(step("s" + i, needs));
        }
        Collections.shuffle(steps, random);
        return playbook(steps.toArray(Step[]::new));
    }

    private static Box randomBox(Playbook playbook, Random random) {
        Box box = new Box();
        for (Step step : playbook.steps()) {
            if (random.nextInt(4) > 0) {
                box.done(step);
            }
            if (random.nextInt(4) == 0) {
                box.check(step.id(), List.of("yes", "no", "unknown").get(random.nextInt(3)));
            }
            if (random.nextInt(8) == 0) {
                box.checkpoint(step, step, Map.of("version", "1", "list", ""));
            }
            if (random.nextInt(8) == 0) {
                box.attempt(
                        step.id(),
                        2,
                        "result",
                        List.of("ok", "failed", "cut-off").get(random.nextInt(3)),
                        "running",
                        random.nextBoolean() ? "yes" : "no");
            }
        }
        return box;
    }
}
