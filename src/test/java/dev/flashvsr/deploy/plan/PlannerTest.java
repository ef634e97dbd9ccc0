package dev.flashvsr.deploy.plan;

import static dev.flashvsr.deploy.plan.Fixtures.VALUES;
import static dev.flashvsr.deploy.plan.Fixtures.plan;
import static dev.flashvsr.deploy.plan.Fixtures.playbook;
import static dev.flashvsr.deploy.plan.Fixtures.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flashvsr.deploy.checkpoint.Checkpoint;
import dev.flashvsr.deploy.checkpoint.History;
import dev.flashvsr.deploy.checkpoint.Likeness;
import dev.flashvsr.deploy.plan.Fixtures.Box;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Step A = step("a");
    private static final Step B = step("b", "a");
    private static final Step C = step("c", "b");
    private static final Step D = step("d");
    private static final Playbook PLAYBOOK = playbook(A, B, C, D);

    @Test
    void aBoxThatIsAsWantedHasAnEmptyPlan() {
        Plan plan = plan(PLAYBOOK, done());

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.root()).contains("/workspace");
        assertThat(plan.boxId()).contains(Fixtures.BOX_ID);
    }

    @Test
    void aCheckpointOfAnOlderScriptIsWorkToDoThoughAllIsAsWanted() {
        Playbook edited = new Playbook(
                PLAYBOOK.name(),
                PLAYBOOK.source(),
                PLAYBOOK.library() + "\n# a comment",
                PLAYBOOK.requires(),
                PLAYBOOK.variables(),
                PLAYBOOK.secrets(),
                PLAYBOOK.steps());

        Plan plan = plan(edited, done());

        assertThat(plan.isAsWanted()).isTrue();
        assertThat(plan.isEmpty()).isFalse();
        assertThat(plan.steps()).allMatch(PlannedStep::renews);
    }

    @Test
    void aStepThatComesLaterInTheFileMayBeNeeded() {
        Plan plan = plan(
                playbook(step("late", "early"), step("early")),
                new Box().check("early", "no").check("late", "yes"));

        assertThat(plan.steps()).extracting(PlannedStep::id).containsExactly("late", "early");
        assertThat(plan.steps()).extracting(PlannedStep::action).containsExactly(Action.UNKNOWN, Action.RUN);
    }

    @Test
    void carriesWhatTheBoxSentByteForByte() {
        Box box = done();
        PlannedStep step = plan(PLAYBOOK, box).steps().get(0);

        assertThat(step.seen().checkpointText())
                .contains(new String(box.entries().get("checkpoint/a")));
        assertThat(step.seen().lastText()).contains(Fixtures.RUN + " 1\n");
    }

    @Test
    void theScriptGetsItsInputsAndTheRootAndNothingElse() {
        Plan plan = Planner.of(PLAYBOOK, Map.of("version", "4", "other", "x", "root", "~/elsewhere"), Selection.ALL)
                .plan(done().state(), History.NONE);

        assertThat(plan.steps().get(0).values())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("version", "4", "list", VALUES.getOrDefault("list", ""), "root", "/workspace"));
    }

    @Test
    void theHeadOfACheckpointReadsBackAsWhatWasPlanned() {
        PlannedStep step = plan(PLAYBOOK, done()).steps().get(0);

        Checkpoint read = Checkpoint.parse(step.checkpointHead("/workspace") + "\"run\": \"r\"}")
                .orElseThrow();

        assertThat(read.fingerprint()).isEqualTo(step.fingerprint());
        assertThat(read.scriptHash()).isEqualTo(step.scriptHash());
        assertThat(read.inputs()).isEqualTo(VALUES);
        assertThat(read.files()).isEqualTo(Map.of("x.py", "c".repeat(64)));
        assertThat(read.root()).isEqualTo("/workspace");
    }

    @Test
    void timesComeFromLikeBoxesElseFromThePlaybook() {
        Likeness here = new Likeness("NVIDIA A100", 16);
        History history = new History(List.of(
                new History.Took("a", here, Duration.ofSeconds(7)),
                new History.Took("b", Likeness.UNKNOWN, Duration.ofSeconds(9))));
        Box box = done().put("fact/gpu", "GPU 0: NVIDIA A100 (UUID: GPU-1)\n").put("fact/cpus", "16\n");

        Plan plan = Planner.of(PLAYBOOK, Map.of(), Selection.ALL).plan(box.state(), history);

        assertThat(plan.steps().get(0).expected()).contains(Duration.ofSeconds(7));
        assertThat(plan.steps().get(1).expected()).contains(Duration.ofMinutes(5));
    }

    @Test
    void withoutABoxEverythingIsUnknown() {
        Plan plan = Planner.of(PLAYBOOK, Map.of("root", "/x"), Selection.ALL).offline();

        assertThat(plan.steps()).hasSize(4).allSatisfy(step -> {
            assertThat(step.action()).isEqualTo(Action.UNKNOWN);
            assertThat(step.reason()).isEqualTo("no box was asked");
            assertThat(step.values()).doesNotContainKey("root");
        });
        assertThat(plan.root()).isEmpty();
    }

    @Test
    void onlySelectsTheseAlone() {
        assertThat(ids(new Selection(List.of("d", "b"), List.of(), List.of()), done()))
                .containsExactly("b", "d");
    }

    @Test
    void onlyRefusesWhatStandsOnSomethingMissing() {
        Box box = done().check("a", "no").put("check/a/said", "no gcc");

        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> ids(new Selection(List.of("c"), List.of(), List.of()), box))
                .withMessage("A needed step is not selected and not as wanted: a (a says: no gcc).")
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED));
    }

    @Test
    void onlyAcceptsANeedWhoseCheckCannotTell() {
        assertThat(ids(new Selection(List.of("c"), List.of(), List.of()), done().check("b", "unknown")))
                .containsExactly("c");
    }

    @Test
    void fromSelectsAllThatNeedsIt() {
        assertThat(ids(new Selection(List.of(), List.of("b"), List.of()), done()))
                .containsExactly("b", "c");
    }

    @Test
    void forceRunsItAndLeavesTheRestToTheBox() {
        Plan plan = Planner.of(PLAYBOOK, Map.of(), new Selection(List.of(), List.of(), List.of("b")))
                .plan(done().state(), History.NONE);

        assertThat(plan.steps())
                .extracting(PlannedStep::action)
                .containsExactly(Action.SKIP, Action.RUN, Action.UNKNOWN, Action.SKIP);
        assertThat(plan.steps()).extracting(PlannedStep::force).containsExactly(false, true, false, false);
    }

    @Test
    void anewIsOneStepAloneAndForced() {
        Plan plan = Planner.of(PLAYBOOK, Map.of(), Selection.anew(List.of("c"))).plan(done().state(), History.NONE);

        assertThat(plan.steps()).singleElement().satisfies(step -> {
            assertThat(step.id()).isEqualTo("c");
            assertThat(step.force()).isTrue();
            assertThat(step.action()).isEqualTo(Action.RUN);
        });
    }

    @Test
    void anUnknownStepIsNamedWithTheNearestOne() {
        Playbook playbook = playbook(step("python"), step("pytorch"));
        for (Selection selection : List.of(
                new Selection(List.of("pyton"), List.of(), List.of()),
                new Selection(List.of(), List.of("pyton"), List.of()),
                new Selection(List.of(), List.of(), List.of("pyton")))) {
            assertThatExceptionOfType(DeployException.class)
                    .isThrownBy(() -> Planner.of(playbook, Map.of(), selection).offline())
                    .withMessageContaining("\"pyton\"")
                    .withMessageContaining("did you mean \"python\"?")
                    .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
        }
    }

    @Test
    void forcingWhatIsNotSelectedAndMixingOnlyWithFromAreWrongUsage() {
        for (Selection selection : List.of(
                new Selection(List.of("a"), List.of(), List.of("b")),
                new Selection(List.of("a"), List.of("b"), List.of()))) {
            assertThatExceptionOfType(DeployException.class)
                    .isThrownBy(() -> Planner.of(PLAYBOOK, Map.of(), selection).offline())
                    .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
        }
    }

    private static Box done() {
        return new Box().done(A).done(B).done(C).done(D);
    }

    private static List<String> ids(Selection selection, Box box) {
        return Planner.of(PLAYBOOK, Map.of(), selection).plan(box.state(), History.NONE).steps().stream()
                .map(PlannedStep::id)
                .toList();
    }
}
