package dev.flashvsr.deploy.plan;

import static dev.flashvsr.deploy.plan.Fixtures.VALUES;
import static dev.flashvsr.deploy.plan.Fixtures.plan;
import static dev.flashvsr.deploy.plan.Fixtures.playbook;
import static dev.flashvsr.deploy.plan.Fixtures.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.checkpoint.History;
import dev.flashvsr.deploy.plan.Fixtures.Box;
import dev.flashvsr.deploy.playbook.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each line of the table of step semantics, and the reasons given. */
class StepTableTest {
    private static final Step A = step("a");
    private static final Step B = step("b", "a");
    private static final String OTHER = "e".repeat(64);
    private static final String SAME = Fingerprint.of(A, VALUES);

    @Test
    void runningWithoutItsRunnerIsTakenOver() {
        Box box = new Box()
                .holder(false)
                .check("a", "no")
                .attempt("a", 2, "fingerprint", SAME, "before", "no", "running", "yes");

        assertThat(decided(box))
                .isEqualTo(new Decision(
                        Action.REATTACH, "attempt 2 is still running though its runner is gone: it is taken over"));
    }

    @Test
    void runningWithOtherInputsIsWaitedFor() {
        Box box = new Box().check("a", "yes").attempt("a", 1, "fingerprint", OTHER, "running", "yes");

        assertThat(decided(box).action()).isEqualTo(Action.REATTACH);
        assertThat(decided(box).reason()).contains("begun with other inputs").contains("waits for its end");
    }

    @Test
    void runningUnderALivingRunnerIsNotOursToTake() {
        Box box = new Box().holder(true).check("a", "no").attempt("a", 1, "fingerprint", SAME, "running", "yes");

        assertThat(decided(box))
                .isEqualTo(new Decision(Action.UNKNOWN, "attempt 1 is running now, in a run that goes on"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    failed    | 137       |    | attempt 2 ended with exit 137 (killed, often for memory)
                    failed    | 1         |    | attempt 2 ended with exit 1
                    failed    | timeout   |    | attempt 2 ran out of its time limit
                    failed    | log-limit |    | attempt 2 printed more than its log limit
                    cancelled | cancelled |    | attempt 2 was cancelled
                    failed    | 0         | no | attempt 2 ended with exit 0, but the check after it said no
                    failed    | 0         | unknown | attempt 2 ended with exit 0, but the check after it could not confirm it
                    cut-off   |           |    | attempt 2 was cut off
                              |           |    | attempt 2 was cut off
                              | 0         |    | attempt 2 ended with exit 0, but the check after it could not confirm it
                    """)
    void notAsWantedAfterABadEndIsResumedAndSaysWhy(String result, String exit, String after, String reason) {
        Box box = new Box().check("a", "no").attempt("a", 2, "fingerprint", SAME, "before", "no");
        Map<String, String> files = new HashMap<>();
        files.put("result", result);
        files.put("exit", exit);
        files.put("after", after);
        files.forEach((name, text) -> {
            if (text != null) {
                box.put("attempt/a/" + name, text);
            }
        });

        assertThat(decided(box)).isEqualTo(new Decision(Action.RESUME, reason));
    }

    @Test
    void notAsWantedIsRun() {
        Box box = new Box().check("a", "no").put("check/a/said", "looking\npython is 3.10\u001b[31m\n\n");

        assertThat(decided(box)).isEqualTo(new Decision(Action.RUN, "not there yet (python is 3.10)"));
    }

    @Test
    void notAsWantedAlthoughRecordedHasDrifted() {
        Box box = new Box().done(A).check("a", "no");

        assertThat(decided(box))
                .isEqualTo(new Decision(Action.RUN, "drifted: was done on 2026-10-31 but its check says no"));
    }

    @Test
    void notAsWantedAndMadeFromOtherInputsNamesThem() {
        Box box = new Box().check("a", "no").checkpoint(A, A, changed("version", "3.11.9"));

        assertThat(decided(box))
                .isEqualTo(new Decision(Action.RUN, "not as wanted: version changed from \"3.11.9\" to \"3.11.13\""));
    }

    @Test
    void asWantedButTheLastAttemptWasForOtherInputsAndEndedBadly() {
        Box box = new Box()
                .check("a", "yes")
                .attempt("a", 3, "fingerprint", OTHER, "before", "no", "exit", "1", "result", "failed");

        assertThat(decided(box))
                .isEqualTo(new Decision(
                        Action.RERUN,
                        "its check says yes, but attempt 3 ended with exit 1 and was made with other inputs"));
    }

    @ParameterizedTest
    @CsvSource({"yes", "forced"})
    void asWantedButSoItWasWhenTheBadAttemptBegan(String before) {
        Box box = new Box()
                .check("a", "yes")
                .attempt("a", 1, "fingerprint", SAME, "before", before, "exit", "1", "result", "failed");

        assertThat(decided(box).action()).isEqualTo(Action.RERUN);
        assertThat(decided(box).reason()).contains("had begun");
    }

    @ParameterizedTest
    @CsvSource({"no", "unknown"})
    void asWantedThanksToAnAttemptThatEndedBadlyIsAdopted(String before) {
        Box box = new Box().check("a", "yes").attempt("a", 1, "fingerprint", SAME, "before", before);

        assertThat(decided(box))
                .isEqualTo(new Decision(Action.ADOPT, "as wanted already: it is recorded, nothing is run"));
    }

    @Test
    void asWantedWithOtherInputsIsRunAgainAndNamesThem() {
        Map<String, String> old = changed("version", "3.11.9");
        old.put("list", "one\ntwo\n");
        Box box = new Box().done(A).checkpoint(A, A, old);

        assertThat(decided(box))
                .isEqualTo(new Decision(
                        Action.RERUN, "list changed (3 lines), version changed from \"3.11.9\" to \"3.11.13\""));
    }

    @Test
    void otherRevisionAndFilesAreNamedToo() {
        Step old = new Step(
                "a",
                A.title(),
                A.script(),
                A.needs(),
                List.of("version", "gone"),
                List.of(),
                Map.of("y.py", A.files().get("x.py")),
                7,
                A.locks(),
                A.timeout(),
                A.checkTimeout(),
                A.logLimit(),
                A.retries(),
                A.progress(),
                A.estimate(),
                A.verify(),
                A.products());
        Box box = new Box().done(A).checkpoint(A, old, VALUES);

        assertThat(decided(box))
                .isEqualTo(new Decision(
                        Action.RERUN,
                        "revision changed from 7 to 1, gone is no input any more, list is a new input and 2 more"));
    }

    @Test
    void longValuesAreShortened() {
        Box box = new Box().done(A).checkpoint(A, A, changed("version", "x".repeat(500) + "end"));

        assertThat(decided(box).reason())
                .hasSizeLessThan(120)
                .contains("xxx…xxx")
                .contains("end\" to \"3.11.13\"");
    }

    @Test
    void aBoxCannotSmuggleControlCharactersIntoAReason() {
        Box box = new Box().done(A).checkpoint(A, A, changed("version", "\u001b[2J\u202e\u0007x"));

        assertThat(decided(box).reason()).isEqualTo("version changed from \"x\" to \"3.11.13\"");
    }

    @Test
    void asWantedButWhatItNeedsWillRunIsDecidedAfterThat() {
        Box box = new Box().done(A).done(B).check("a", "no");

        assertThat(decided(box, "b")).isEqualTo(new Decision(Action.UNKNOWN, "decided on the box, after a"));
    }

    @Test
    void cannotTellIsDecidedOnTheBox() {
        Box box = new Box().done(A).check("a", "unknown").put("check/a/said", "hashing 30 GB");

        assertThat(decided(box))
                .isEqualTo(new Decision(Action.UNKNOWN, "its check can't tell (hashing 30 GB); decided on the box"));
    }

    @Test
    void unknownSpreadsToWhatNeedsIt() {
        Box box = new Box().done(A).done(B).check("a", "unknown");

        assertThat(decided(box, "b")).isEqualTo(new Decision(Action.UNKNOWN, "decided on the box, after a"));
    }

    @Test
    void aStepThatTheBoxSaysNothingOfIsUnknown() {
        assertThat(decided(new Box()).action()).isEqualTo(Action.UNKNOWN);
    }

    @Test
    void asWantedAndRecordedIsSkipped() {
        Box box = new Box().done(A);

        assertThat(decided(box)).isEqualTo(new Decision(Action.SKIP, "as wanted, done on 2026-10-31"));
    }

    @Test
    void anotherScriptAloneIsNoReasonToRun() {
        Step edited = new Step(
                "a",
                A.title(),
                A.script() + " # better",
                A.needs(),
                A.inputs(),
                A.secrets(),
                A.files(),
                A.revision(),
                A.locks(),
                A.timeout(),
                A.checkTimeout(),
                A.logLimit(),
                A.retries(),
                A.progress(),
                A.estimate(),
                A.verify(),
                A.products());
        Box box = new Box().done(A).checkpoint(A, edited, VALUES);

        assertThat(decided(box))
                .isEqualTo(new Decision(
                        Action.SKIP,
                        "as wanted, done on 2026-10-31; only its script changed: the checkpoint is renewed"));
    }

    @Test
    void asWantedWithoutARecordIsAdopted() {
        assertThat(decided(new Box().check("a", "yes")))
                .isEqualTo(new Decision(Action.ADOPT, "as wanted already: it is recorded, nothing is run"));
    }

    @Test
    void anUnreadableRecordCountsAsNoneAndIsSaid() {
        Box box = new Box().check("a", "yes").put("checkpoint/a", "{\"finger");

        assertThat(decided(box).action()).isEqualTo(Action.ADOPT);
        assertThat(decided(box).reason()).contains("can't be read");
        assertThat(box.state().notes()).containsExactly("The checkpoint of a can't be read; it counts as none.");
    }

    @Test
    void workThatOnlyWaitsToBeRecordedIsNotDoneAgain() {
        Box box = new Box()
                .check("a", "yes")
                .attempt("a", 1, "fingerprint", SAME, "before", "yes", "exit", "0", "after", "yes");

        assertThat(decided(box))
                .isEqualTo(
                        new Decision(Action.ADOPT, "attempt 1 had finished when its runner died: it is recorded now"));
    }

    @Test
    void workThatWaitsToBeRecordedButWasForOtherInputsIsDoneAgain() {
        Box box = new Box()
                .check("a", "yes")
                .attempt("a", 1, "fingerprint", OTHER, "before", "no", "exit", "0", "after", "yes");

        assertThat(decided(box)).isEqualTo(new Decision(Action.RERUN, "it was made from other inputs"));
    }

    @Test
    void forcedRunsWhateverItsCheckSays() {
        assertThat(forced(new Box().done(A))).isEqualTo(new Decision(Action.RUN, "forced"));
        assertThat(forced(new Box().check("a", "unknown")).action()).isEqualTo(Action.RUN);
        assertThat(forced(new Box().check("a", "yes").attempt("a", 1, "exit", "1", "result", "failed")))
                .isEqualTo(new Decision(Action.RESUME, "forced; attempt 1 ended with exit 1"));
    }

    private static Map<String, String> changed(String name, String value) {
        Map<String, String> values = new HashMap<>(VALUES);
        values.put(name, value);
        return values;
    }

    private static Decision decided(Box box) {
        return decided(box, "a");
    }

    private static Decision decided(Box box, String id) {
        return decision(plan(playbook(A, B), box), id);
    }

    private static Decision forced(Box box) {
        Selection selection = new Selection(List.of(), List.of(), List.of("a"));
        return decision(Planner.of(playbook(A, B), Map.of(), selection).plan(box.state(), History.NONE), "a");
    }

    private static Decision decision(Plan plan, String id) {
        return plan.steps().stream()
                .filter(step -> step.id().equals(id))
                .map(step -> new Decision(step.action(), step.reason()))
                .findFirst()
                .orElseThrow();
    }
}
