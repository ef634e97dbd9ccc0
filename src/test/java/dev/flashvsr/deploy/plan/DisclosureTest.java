package dev.flashvsr.deploy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.PlaybookLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of the user's own a plan says that it sends. */
class DisclosureTest {
    private static final Map<String, String> HERE = Map.of(
            "AWS_SECRET_ACCESS_KEY", "canary-aws", "HF_TOKEN", "canary-hf", "KUBECONFIG", "", "GITHUB_TOKEN", "g");

    @TempDir
    Path directory;

    private Playbook playbook;

    @BeforeEach
    void playbook() throws IOException {
        Files.writeString(directory.resolve("one.py"), "1\n");
        Files.writeString(directory.resolve("two.py"), "22\n");
        Files.writeString(directory.resolve("playbook.yaml"), """
                version: 1
                name: stranger
                secrets: [HF_TOKEN, AWS_SECRET_ACCESS_KEY, KUBECONFIG, GITHUB_TOKEN]
                steps:
                  - {id: a, check: 'true', run: 'true', secrets: [HF_TOKEN, KUBECONFIG], files: [one.py]}
                  - {id: b, check: 'true', run: 'true', secrets: [AWS_SECRET_ACCESS_KEY, HF_TOKEN], files: [two.py, one.py]}
                  - {id: c, check: 'true', run: 'true'}
                """);
        playbook = PlaybookLoader.load(directory);
    }

    private Disclosure of(Selection selection) {
        return Disclosure.of(plan(selection), HERE);
    }

    private Plan plan(Selection selection) {
        return Planner.of(playbook, Map.of(), selection).offline();
    }

    @Test
    void namesWhatIsSetHereAndTheStepsThatGetIt() {
        assertThat(of(Selection.ALL).sentences())
                .containsExactly(
                        "Secrets from your environment that are sent to the box: AWS_SECRET_ACCESS_KEY (to b),"
                                + " HF_TOKEN (to a, b).",
                        "Secrets that are set here and sent to no step, because none names them: GITHUB_TOKEN.",
                        "Files of the playbook's directory that are sent to the box: one.py, two.py.");
    }

    @Test
    void ofASelectionOnlyWhatItsStepsName() {
        assertThat(of(new Selection(List.of("a"), List.of(), List.of())).sentences())
                .containsExactly(
                        "Secrets from your environment that are sent to the box: HF_TOKEN (to a).",
                        "Secrets that are set here and sent to no step, because none names them: GITHUB_TOKEN.",
                        "Files of the playbook's directory that are sent to the box: one.py.");
    }

    @Test
    void theDocumentHasNamesAndNoValue() {
        Plan plan = plan(Selection.ALL);
        String text = Json.compact(
                PlanJson.write(plan, PlanSummary.of(plan, OptionalDouble.empty()), Disclosure.of(plan, HERE)));

        assertThat(text)
                .contains("\"sends\":{\"secrets\":[{\"name\":\"AWS_SECRET_ACCESS_KEY\",\"steps\":[\"b\"]}"
                        + ",{\"name\":\"HF_TOKEN\",\"steps\":[\"a\",\"b\"]}],\"files\":[{\"path\":\"one.py\",\"bytes\":2,"
                        + "\"steps\":[\"a\",\"b\"]},{\"path\":\"two.py\",\"bytes\":3,\"steps\":[\"b\"]}]}")
                .doesNotContain("canary");
    }

    @Test
    void whatASavedPlanDidNotShowIsNamed() {
        Plan plan = plan(Selection.ALL);
        SavedPlan saved = PlanJson.read(
                Json.pretty(PlanJson.write(
                        plan,
                        PlanSummary.of(plan, OptionalDouble.empty()),
                        Disclosure.of(plan, Map.of("HF_TOKEN", "x")))),
                "p.json");

        assertThat(of(Selection.ALL).unagreed(saved))
                .containsExactly("The secret AWS_SECRET_ACCESS_KEY would be sent, which the plan does not say.");
        assertThat(Disclosure.of(plan, Map.of()).unagreed(saved)).isEmpty();
    }

    @Test
    void whatAStepIsGivenChangesNoFingerprintAndNoIdentity() throws IOException {
        Path file = directory.resolve("playbook.yaml");
        Files.writeString(file, Files.readString(file).replaceAll("secrets: \\[[A-Z_, ]+\\], files", "files"));
        Plan without = Planner.of(PlaybookLoader.load(directory), Map.of(), Selection.ALL)
                .offline();

        assertThat(without.steps().get(0).step().secrets()).isEmpty();
        assertThat(without.identity()).isEqualTo(plan(Selection.ALL).identity());
        assertThat(without.steps())
                .extracting(PlannedStep::fingerprint)
                .isEqualTo(plan(Selection.ALL).steps().stream()
                        .map(PlannedStep::fingerprint)
                        .toList());
    }
}
