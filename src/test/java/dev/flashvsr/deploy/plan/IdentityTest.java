package dev.flashvsr.deploy.plan;

import static dev.flashvsr.deploy.plan.Fixtures.VALUES;
import static dev.flashvsr.deploy.plan.Fixtures.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.playbook.Estimate;
import dev.flashvsr.deploy.playbook.Products;
import dev.flashvsr.deploy.playbook.Retries;
import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.playbook.StepFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Identities and fingerprints change exactly when they must. */
class IdentityTest {
    private static final Step A = step("a");
    private static final Step B = step("b", "a");
    private static final PlannedStep PLANNED = planned(B, Action.RUN, "why", false);

    @Test
    void whatIsDoneIsInThePlansIdentity() {
        List<PlannedStep> others = List.of(
                planned(edited(B, s -> s.id = "c"), Action.RUN, "why", false),
                planned(edited(B, s -> s.needs = List.of()), Action.RUN, "why", false),
                planned(edited(B, s -> s.locks = List.of("gpu")), Action.RUN, "why", false),
                planned(edited(B, s -> s.timeout = Optional.empty()), Action.RUN, "why", false),
                planned(edited(B, s -> s.checkTimeout = Duration.ofSeconds(1)), Action.RUN, "why", false),
                planned(edited(B, s -> s.logLimit = 1), Action.RUN, "why", false),
                planned(edited(B, s -> s.retries = new Retries(4, Duration.ofSeconds(10))), Action.RUN, "why", false),
                planned(edited(B, s -> s.retries = new Retries(3, Duration.ofSeconds(11))), Action.RUN, "why", false),
                planned(edited(B, s -> s.revision = 2), Action.RUN, "why", false),
                planned(edited(B, s -> s.script = "other"), Action.RUN, "why", false),
                planned(B, Action.RUN, "why", true));

        assertThat(others.stream().map(IdentityTest::identity))
                .doesNotContain(identity(PLANNED))
                .doesNotHaveDuplicates();
        assertThat(Identity.of(Optional.of("/elsewhere"), steps(PLANNED))).isNotEqualTo(identity(PLANNED));
        assertThat(Identity.of(Optional.empty(), steps(PLANNED))).isNotEqualTo(identity(PLANNED));
    }

    @Test
    void theOrderOfStepsIsInIt() {
        PlannedStep c = planned(step("c"), Action.RUN, "why", false);
        PlannedStep d = planned(step("d"), Action.RUN, "why", false);

        assertThat(Identity.of(Optional.empty(), List.of(c, d)))
                .isNotEqualTo(Identity.of(Optional.empty(), List.of(d, c)));
    }

    @Test
    void forecastsReasonsTimesAndWordsAreNotInIt() {
        PlannedStep other = planned(
                edited(B, s -> {
                    s.title = "Another title";
                    s.estimate = Estimate.UNKNOWN;
                    s.verify = true;
                    s.products = new Products(List.of("b"), List.of("b/x.png"), Optional.of("wheels"));
                }),
                Action.SKIP,
                "another reason",
                false);

        assertThat(identity(other)).isEqualTo(identity(PLANNED));
    }

    @Test
    void needsOutsideTheSelectionAreNotInIt() {
        PlannedStep alone = planned(edited(B, s -> s.needs = List.of()), Action.RUN, "why", false);

        assertThat(Identity.of(Optional.empty(), List.of(PLANNED)))
                .isEqualTo(Identity.of(Optional.empty(), List.of(alone)));
    }

    @Test
    void revisionInputsAndFilesAreInTheFingerprint() {
        StepFile file = new StepFile(Path.of("x.py"), "d".repeat(64), 3);
        List<String> others = List.of(
                Fingerprint.of(edited(A, s -> s.revision = 2), VALUES),
                Fingerprint.of(A, changed("version", "3.12")),
                Fingerprint.of(A, changed("list", "one\ntwo\nthree")),
                Fingerprint.of(edited(A, s -> s.inputs = List.of("version")), VALUES),
                Fingerprint.of(edited(A, s -> s.files = Map.of()), VALUES),
                Fingerprint.of(edited(A, s -> s.files = Map.of("x.py", file)), VALUES),
                Fingerprint.of(edited(A, s -> s.files = Map.of("y.py", A.files().get("x.py"))), VALUES));

        assertThat(others).doesNotContain(Fingerprint.of(A, VALUES)).doesNotHaveDuplicates();
    }

    @Test
    void nothingElseIsInTheFingerprint() {
        Step other = edited(A, s -> {
            s.id = "other";
            s.title = "Other";
            s.script = "other";
            s.inputs = List.of("list", "root", "version");
            s.files = Map.of("x.py", new StepFile(Path.of("/moved/x.py"), "c".repeat(64), 3));
            s.timeout = Optional.empty();
        });

        assertThat(Fingerprint.of(other, changed("root", "/elsewhere"))).isEqualTo(Fingerprint.of(A, VALUES));
    }

    @Test
    void valuesCannotPassForEachOther() {
        Step step = edited(A, s -> s.inputs = List.of("a", "b"));

        assertThat(Fingerprint.of(step, Map.of("a", "1b", "b", "")))
                .isNotEqualTo(Fingerprint.of(step, Map.of("a", "1", "b", "b")));
        assertThat(Fingerprint.ofScript("ab", "c")).isNotEqualTo(Fingerprint.ofScript("a", "bc"));
    }

    @Test
    void hashesStayTheSameFromVersionToVersion() {
        // What lies on boxes was made with these: another way to hash would run every step again.
        assertThat(Fingerprint.of(A, VALUES))
                .isEqualTo("a49dd25f6c8fe1607ed19ca251d0a906cd1d3d6790b19f75cb36ac8f5d12b3a8");
        assertThat(Fingerprint.ofScript("lib", "script"))
                .isEqualTo("feb946f2b4409995c12cce1f7e2726e421545375fe09b35818c5d78028dc6b95");
    }

    private static List<PlannedStep> steps(PlannedStep last) {
        return List.of(planned(A, Action.SKIP, "", false), last);
    }

    private static String identity(PlannedStep last) {
        return Identity.of(Optional.of("/workspace"), steps(last));
    }

    private static Map<String, String> changed(String name, String value) {
        Map<String, String> values = new HashMap<>(VALUES);
        values.put(name, value);
        return values;
    }

    private static PlannedStep planned(Step step, Action action, String reason, boolean force) {
        return new PlannedStep(
                step,
                action,
                reason,
                Fingerprint.of(step, VALUES),
                Fingerprint.ofScript("", step.script()),
                VALUES,
                force,
                step.estimate().time(),
                StepState.NONE);
    }

    private static Step edited(Step step, Consumer<Draft> edit) {
        Draft draft = new Draft(step);
        edit.accept(draft);
        return draft.step();
    }
}
