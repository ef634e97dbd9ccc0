package dev.flashvsr.deploy.plan;

import static dev.flashvsr.deploy.plan.Fixtures.VALUES;
import static dev.flashvsr.deploy.plan.Fixtures.playbook;
import static dev.flashvsr.deploy.plan.Fixtures.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flashvsr.deploy.checkpoint.History;
import dev.flashvsr.deploy.checkpoint.Likeness;
import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.plan.Fixtures.Box;
import dev.flashvsr.deploy.playbook.Estimate;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Saved plans: written, read, and held against a fresh one. */
class SavedPlanTest {
    private static final Disclosure NOTHING_SENT = new Disclosure(Map.of(), List.of(), Map.of());

    private static final Step A = step("a");
    private static final Step B = step("b", "a");
    private static final Playbook PLAYBOOK = playbook(A, B);

    @Test
    void readsBackWhatWasWritten() {
        Plan plan = plan(PLAYBOOK, done().check("b", "no"));

        SavedPlan saved = saved(plan);

        assertThat(saved.playbook()).isEqualTo("flashvsr");
        assertThat(saved.root()).contains("/workspace");
        assertThat(saved.boxId()).contains(Fixtures.BOX_ID);
        assertThat(saved.identity()).isEqualTo(plan.identity());
        assertThat(saved.values()).containsAllEntriesOf(VALUES).containsEntry("root", "/workspace");
        assertThat(saved.selection()).isEqualTo(Selection.ALL);
        PlannedStep b = plan.steps().get(1);
        assertThat(saved.steps().get(1))
                .isEqualTo(new SavedPlan.SavedStep(
                        "b",
                        "Title of b",
                        Action.RUN,
                        b.reason(),
                        b.fingerprint(),
                        b.scriptHash(),
                        b.expected(),
                        List.of("a"),
                        false,
                        VALUES));
    }

    @Test
    void remembersWhatWasSelected() {
        Plan plan = Planner.of(PLAYBOOK, Map.of(), Selection.anew(List.of("b"))).plan(done().state(), History.NONE);

        assertThat(saved(plan).selection()).isEqualTo(Selection.anew(List.of("b")));
    }

    @Test
    void saysTheTotalsToo() {
        Plan plan = plan(PLAYBOOK, done().check("b", "no"));

        assertThat(Json.compact(PlanJson.write(plan, PlanSummary.of(plan, OptionalDouble.of(1.2)), NOTHING_SENT)))
                .contains("\"run\":1", "\"skip\":1")
                .contains("\"sure\":{\"seconds\":300,\"download_bytes\":400000000,\"disk_bytes\":1000000,"
                        + "\"steps_without_estimate\":0,\"cost\":0.1}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "identity"    | "id"
                    "version": 1  | "version": 2
                    "skip"        | "jump"
                    "whole": true | "whole": 1
                    "needs": []   | "needs": {}
                    {             | [
                    """, quoteCharacter = '~')
    void refusesWhatIsNoSavedPlan(String right, String wrong) {
        Plan plan = plan(PLAYBOOK, done());
        String text = Json.pretty(PlanJson.write(plan, PlanSummary.of(plan, OptionalDouble.empty()), NOTHING_SENT));
        assertThat(text).contains(right);

        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> PlanJson.read(text.replace(right, wrong), "my.plan"))
                .withMessageStartingWith("my.plan is no saved plan: ")
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    }

    /** What a playbook may not hold, a plan that somebody edited may not either. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    "root": "/workspace"     | "root": "relative/x"  | :4:3: "root" must be an absolute path
                    "root": "/workspace"     | "root": "~root/x"     | :4:3: "root" must be an absolute path
                    "root": "/workspace"     | "root": "/w/../.."    | :4:3: "root" must not hold ".."
                    "root": "/workspace"     | "root": "/w\\u001b[2J" | :4:3: "root" holds a control character
                    "root": "/workspace"     | "root": ""            | :4:3: "root" must be an absolute path
                    "id": "a"        | "id": "../a"          | "../a": its id must consist of
                    "needs": []      | "needs": ["A/b"]      | the need "A/b" must consist of
                    "version": "3.11.13" | "PATH": "/evil"   | "PATH" is used by the shell or the box
                    "version": "3.11.13" | "version": "https://me:hush@mirror.example/x" | "version" has a password
                    """)
    void isHeldToWhatAPlaybookIsHeldTo(String right, String wrong, String why) {
        Plan plan = plan(PLAYBOOK, done());
        String text = Json.pretty(PlanJson.write(plan, PlanSummary.of(plan, OptionalDouble.empty()), NOTHING_SENT));
        assertThat(text).contains(right);

        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> PlanJson.read(text.replace(right, wrong), "my.plan"))
                .withMessageStartingWith("my.plan:")
                .withMessageContaining(why)
                .withMessageNotContaining("hush")
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    }

    @Test
    void aValueThatNoProgramCanBeGivenIsRefused() {
        Plan plan = plan(PLAYBOOK, done());
        String text = Json.pretty(PlanJson.write(plan, PlanSummary.of(plan, OptionalDouble.empty()), NOTHING_SENT));

        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> PlanJson.read(text.replace("3.11.13", "3".repeat(200_000)), "my.plan"))
                .withMessageContaining("\"version\" is longer than a program can be given (128 KiB)");
    }

    @Test
    void theSamePlanHasNoDifferencesWhateverItsTimes() {
        Plan fresh = Planner.of(PLAYBOOK, Map.of(), Selection.ALL)
                .plan(
                        done().state(),
                        new History(List.of(new History.Took("a", Likeness.UNKNOWN, Duration.ofHours(1)))));

        assertThat(PlanDiff.between(saved(plan(PLAYBOOK, done())), fresh)).isEmpty();
    }

    @Test
    void namesWhatChangedOnTheBox() {
        assertThat(PlanDiff.between(saved(plan(PLAYBOOK, done())), plan(PLAYBOOK, done().check("b", "no"))))
                .containsExactly("b: it was to be \"skip\" and is \"run\" now (drifted: was done on 2026-10-31 but its"
                        + " check says no).");
    }

    @Test
    void namesTheVariablesThatChanged() {
        Plan fresh = Planner.of(PLAYBOOK, Map.of("version", "4"), Selection.ALL).plan(done().state(), History.NONE);

        assertThat(PlanDiff.between(saved(plan(PLAYBOOK, done())), fresh))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("a: version changed from \"3.11.13\" to \"4\"; it was to be \"skip\" and is \"rerun\" now");
    }

    @Test
    void namesWhatChangedInThePlaybook() {
        assertThat(between(s -> s.script = "other")).containsExactly("b: its script or the library changed.");
        assertThat(between(s -> s.needs = List.of())).containsExactly("b: it needs other steps.");
        assertThat(between(s -> s.logLimit = 1))
                .containsExactly("Limits, retries or locks of the playbook's steps changed.");
        assertThat(between(s -> s.id = "c")).containsExactly("b is no step of it any more.", "c is a new step.");
        assertThat(between(s -> s.estimate = Estimate.UNKNOWN)).isEmpty();
    }

    @Test
    void namesAnotherBoxAndAnotherRoot() {
        SavedPlan saved = saved(plan(PLAYBOOK, done()));
        Box other =
                done().put("box.json", "{\"id\": \"" + "1".repeat(32) + "\"}").put("root", "/data");

        assertThat(PlanDiff.between(saved, plan(PLAYBOOK, other)))
                .containsExactly("The plan was made for another box.", "The root was /workspace, and is /data now.");
        assertThat(PlanDiff.between(saved, plan(PLAYBOOK, done().put("box.json", ""))))
                .containsExactly("The box has lost its identity: its disk was wiped, or it is another box.");
        assertThat(PlanDiff.between(saved(plan(PLAYBOOK, done().put("box.json", ""))), plan(PLAYBOOK, done())))
                .containsExactly("The box has been worked on since: it had no identity then.");
    }

    @Test
    void aPlanMadeWithoutABoxCannotBeHeldAgainstOne() {
        SavedPlan saved = saved(Planner.of(PLAYBOOK, Map.of(), Selection.ALL).offline());

        assertThat(PlanDiff.between(saved, plan(PLAYBOOK, done()))).containsExactly("The plan was made without a box.");
    }

    private static List<String> between(Consumer<Draft> edit) {
        Draft draft = new Draft(B);
        edit.accept(draft);
        Step edited = draft.step();
        Box box = done().done(edited).check("c", "yes");
        return PlanDiff.between(saved(plan(PLAYBOOK, done())), plan(playbook(A, edited), box));
    }

    private static Box done() {
        return new Box().done(A).done(B);
    }

    private static Plan plan(Playbook playbook, Box box) {
        return Fixtures.plan(playbook, box);
    }

    private static SavedPlan saved(Plan plan) {
        return PlanJson.read(
                Json.pretty(PlanJson.write(plan, PlanSummary.of(plan, OptionalDouble.empty()), NOTHING_SENT)),
                "my.plan");
    }
}
