package dev.flashvsr.deploy.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashvsr.deploy.checkpoint.History;
import dev.flashvsr.deploy.hash.Sha256;
import dev.flashvsr.deploy.plan.BoxState;
import dev.flashvsr.deploy.plan.BoxStates;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.Planner;
import dev.flashvsr.deploy.plan.Selection;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.PlaybookLoader;
import dev.flashvsr.deploy.problem.DeployException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Section 4 of docs/box-protocol.md. */
class BundleTest {
    private static final String RUN = "20261101T100000Z-0badcafe";
    private static final String AGREEMENT = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path directory;

    @BeforeEach
    void playbook() throws IOException {
        Files.writeString(directory.resolve("data.txt"), "content\n");
        Files.writeString(directory.resolve("playbook.yaml"), """
                version: 1
                name: small
                vars: {word: "it's\\n"}
                secrets: [TOKEN]
                steps:
                  - id: a
                    title: A
                    check: "false"
                    run: "true"
                    inputs: [word]
                    secrets: [TOKEN]
                    files: [data.txt]
                    locks: [apt, disk]
                    timeout: 2m
                    retries: {max: 2, backoff: 5s}
                  - id: b
                    title: B
                    check: "false"
                    run: "true"
                    makes: [src/b, build/b]
                """);
    }

    private Map<String, String> bundle(Selection selection) {
        Playbook playbook = PlaybookLoader.load(directory);
        BoxState box = BoxStates.of(Map.of("root", "/w".getBytes(UTF_8), "check/a", "yes".getBytes(UTF_8)));
        Plan plan = Planner.of(playbook, playbook.variables(), selection).plan(box, History.NONE);
        return Bundle.of(
                        new AgreedPlan(plan, AGREEMENT), RUN, new Submitter("ann", "laptop"), Instant.ofEpochSecond(99))
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, file -> new String(file.getValue(), UTF_8)));
    }

    @Test
    void namesItsAgreementAndWhatEveryStepNeedsSelectedOrNot() {
        assertThat(bundle(Selection.ALL)).containsEntry("agreed", AGREEMENT);
        assertThat(bundle(new Selection(List.of("b"), List.of(), List.of())))
                .containsEntry("steps/b/needs", "")
                .containsEntry("graph", bundle(Selection.ALL).get("graph"))
                .hasEntrySatisfying("graph", graph -> assertThat(graph).contains("b a\n"));
    }

    @Test
    void saysWhoseRunItIs() {
        assertThat(bundle(Selection.ALL))
                .containsEntry("run", RUN)
                .containsEntry("who", "ann")
                .containsEntry("from", "laptop")
                .containsEntry("since", "99")
                .containsEntry("root", "/w")
                .containsEntry("order", "a\nb\n")
                .hasEntrySatisfying("plan", plan -> assertThat(plan).matches("[0-9a-f]{64}"));
    }

    @Test
    void everyValueIsAFileOfItsOwnByteForByte() {
        assertThat(bundle(Selection.ALL))
                .containsEntry("steps/a/vars/word", "it's\n")
                .containsEntry("steps/a/vars/root", "/w")
                .containsEntry("steps/a/files/data.txt", "content\n")
                .containsEntry("steps/a/locks", "apt\ndisk\n")
                .containsEntry("steps/a/needs", "")
                .containsEntry("steps/a/secrets", "TOKEN\n")
                .containsEntry("steps/b/secrets", "")
                .containsEntry("steps/b/needs", "a\n")
                .containsEntry("steps/a/action", "adopt")
                .doesNotContainKey("steps/a/force")
                .doesNotContainKey("steps/a/seen.checkpoint")
                .hasEntrySatisfying(
                        "steps/a/checkpoint.head", head -> assertThat(head).endsWith(",\n"));
    }

    @Test
    void limitsAreInSecondsAndBytes() {
        List<String> limits =
                bundle(Selection.ALL).get("steps/a/limits").lines().toList();

        assertThat(limits).contains("timeout=120", "retries=2", "backoff=5");
        assertThat(bundle(Selection.ALL).get("steps/b/limits").lines()).contains("timeout=0", "check_timeout=600");
    }

    @Test
    void ofASelectionOnlyTheSelectedStepsAreThereAndNeeded() {
        Map<String, String> bundle = bundle(new Selection(List.of("b"), List.of(), List.of("b")));

        assertThat(bundle).containsEntry("order", "b\n").containsEntry("steps/b/needs", "");
        assertThat(bundle).containsKey("steps/b/force");
        assertThat(bundle.keySet()).noneMatch(path -> path.startsWith("steps/a/"));
    }

    @Test
    void theBoxsOwnScriptsComeAlong() {
        assertThat(bundle(Selection.ALL))
                .containsKeys("box/runner.sh", "box/leader.sh", "box/schedule.sh", "box/env.sh", "box/check.sh");
    }

    @Test
    void eachStepComesWithItsScriptWhatItMakesAndHowItIsKnownAgain() {
        Map<String, String> bundle = bundle(Selection.ALL);

        assertThat(bundle)
                .containsEntry("steps/a/makes", "")
                .containsEntry("steps/b/makes", "src/b\nbuild/b\n")
                .containsEntry("library.sh", "")
                .hasEntrySatisfying(
                        "steps/b/script.sh", script -> assertThat(script).contains("apply()"))
                .hasEntrySatisfying("steps/b/script", hash -> assertThat(hash).matches("[0-9a-f]{64}"))
                .hasEntrySatisfying(
                        "steps/b/fingerprint", hash -> assertThat(hash).matches("[0-9a-f]{64}"))
                .hasEntrySatisfying(
                        "box/leader.sh", script -> assertThat(script).contains("\n"))
                .doesNotContainKey("steps/a/stored");
    }

    @Test
    void whatThePlanSawOfAStepGoesAlong() {
        Playbook playbook = PlaybookLoader.load(directory);
        BoxState box = BoxStates.of(Map.of(
                "root", "/w".getBytes(UTF_8), "checkpoint/a", "{}".getBytes(UTF_8), "last/a", "r 1\n".getBytes(UTF_8)));
        Plan plan = Planner.of(playbook, playbook.variables(), Selection.ALL).plan(box, History.NONE);
        Map<String, byte[]> bundle =
                Bundle.of(new AgreedPlan(plan, AGREEMENT), RUN, new Submitter("ann", "laptop"), Instant.EPOCH);

        assertThat(bundle.get("steps/a/seen.checkpoint")).asString(UTF_8).isEqualTo("{}");
        assertThat(bundle.get("steps/a/seen.last")).asString(UTF_8).isEqualTo("r 1\n");
        assertThat(bundle).doesNotContainKeys("steps/b/seen.checkpoint", "steps/b/seen.last");
    }

    @Test
    void aLargeFileIsOnlyNamed() throws IOException {
        byte[] large = new byte[(int) StoredFiles.IN_BUNDLE + 1];
        Files.write(directory.resolve("data.txt"), large);

        assertThat(bundle(Selection.ALL))
                .doesNotContainKey("steps/a/files/data.txt")
                .containsEntry("steps/a/stored", Sha256.hex(large) + " " + large.length + " data.txt\n");

        byte[] just = new byte[(int) StoredFiles.IN_BUNDLE];
        Files.write(directory.resolve("data.txt"), just);
        assertThat(bundle(Selection.ALL)).containsKey("steps/a/files/data.txt").doesNotContainKey("steps/a/stored");
    }

    @Test
    void aFileThatChangedSinceThePlanIsRefused() throws IOException {
        Playbook playbook = PlaybookLoader.load(directory);
        BoxState box = BoxStates.of(Map.of("root", "/w".getBytes(UTF_8)));
        Plan plan = Planner.of(playbook, playbook.variables(), Selection.ALL).plan(box, History.NONE);
        Files.writeString(directory.resolve("data.txt"), "other\n");

        assertThatThrownBy(() ->
                        Bundle.of(new AgreedPlan(plan, AGREEMENT), RUN, new Submitter("ann", "laptop"), Instant.EPOCH))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("data.txt")
                .hasMessageContaining("has changed since the plan was made");
    }
}
