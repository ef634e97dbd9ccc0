package dev.flashvsr.deploy.plan;

import static dev.flashvsr.deploy.plan.Fixtures.VALUES;
import static dev.flashvsr.deploy.plan.Fixtures.playbook;
import static dev.flashvsr.deploy.plan.Fixtures.step;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.plan.Fixtures.Box;
import dev.flashvsr.deploy.playbook.Step;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The planner against the whole table, every combination of it; the table is in {@code step-table.txt}. */
class StepTableMatrixTest {
    private static final List<List<String>> COLUMNS = List.of(
            List.of("yes", "no", "unknown"),
            List.of("none", "same", "other", "unreadable"),
            List.of(
                    "none",
                    "ok",
                    "failed",
                    "cut-off",
                    "failed-yes",
                    "failed-other",
                    "running",
                    "held",
                    "unrecorded",
                    "unrecorded-other"),
            List.of("settled", "open"));
    private static final Step NEED = step("need");
    private static final Step STEP = step("step", "need");
    private static final String SAME = Fingerprint.of(STEP, VALUES);
    private static final String OTHER = "e".repeat(64);

    @ParameterizedTest
    @MethodSource("combinations")
    void decidesAsTheTableSays(List<String> combination) throws IOException {
        String expected = action(combination);

        Plan plan = Fixtures.plan(playbook(NEED, STEP), box(combination));

        PlannedStep decided = plan.steps().get(1);
        assertThat(decided.action().word()).isEqualTo(expected);
        assertThat(decided.reason()).isNotBlank().doesNotContain("\n");
    }

    @Test
    void everyLineOfTheTableIsOfUse() throws IOException {
        assertThat(rows())
                .allSatisfy(row ->
                        assertThat(combinations().filter(one -> fits(row, one))).isNotEmpty());
    }

    /** What the one line that fits says. */
    static String action(List<String> combination) throws IOException {
        List<List<String>> fitting =
                rows().stream().filter(row -> fits(row, combination)).toList();
        assertThat(fitting).as("lines that fit %s", combination).hasSize(1);
        return fitting.get(0).get(4);
    }

    static Stream<List<String>> combinations() {
        return COLUMNS.get(0).stream()
                .flatMap(check -> COLUMNS.get(1).stream()
                        .flatMap(checkpoint -> COLUMNS.get(2).stream()
                                .flatMap(attempt -> COLUMNS.get(3).stream()
                                        .map(needs -> List.of(check, checkpoint, attempt, needs)))));
    }

    private static List<List<String>> rows() throws IOException {
        try (InputStream table =
                Objects.requireNonNull(StepTableMatrixTest.class.getResourceAsStream("step-table.txt"))) {
            return new String(table.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line ->
                            Arrays.stream(line.split("\\|")).map(String::strip).toList())
                    .toList();
        }
    }

    private static boolean fits(List<String> row, List<String> combination) {
        for (int i = 0; i < combination.size(); i++) {
            List<String> words = List.of(row.get(i).split(" *, *"));
            assertThat(words).allMatch(i < COLUMNS.size() ? word -> word.equals("*") || known(word) : word -> true);
            if (!words.contains("*") && !words.contains(combination.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean known(String word) {
        return COLUMNS.stream().anyMatch(column -> column.contains(word));
    }

    private static Box box(List<String> combination) {
        Box box = new Box().check("step", combination.get(0));
        box.done(NEED).check("need", combination.get(3).equals("open") ? "no" : "yes");
        switch (combination.get(1)) {
            case "same" -> box.checkpoint(STEP, STEP, VALUES);
            case "other" -> {
                Map<String, String> old = new HashMap<>(VALUES);
                old.put("version", "3.10");
                box.checkpoint(STEP, STEP, old);
            }
            case "unreadable" -> box.put("checkpoint/step", "{ \"step\"");
            default -> {}
        }
        switch (combination.get(2)) {
            case "ok" -> attempt(box, SAME, "no", "exit", "0", "after", "yes", "result", "ok");
            case "failed" -> attempt(box, SAME, "no", "exit", "1", "result", "failed");
            case "cut-off" -> attempt(box, SAME, "no");
            case "failed-yes" -> attempt(box, SAME, "yes", "exit", "1", "result", "failed");
            case "failed-other" -> attempt(box, OTHER, "no", "exit", "1", "result", "failed");
            case "running" -> attempt(box.holder(false), SAME, "no", "running", "yes");
            case "held" -> attempt(box.holder(true), SAME, "no", "running", "yes");
            case "unrecorded" -> attempt(box, SAME, "no", "exit", "0", "after", "yes");
            case "unrecorded-other" -> attempt(box, OTHER, "no", "exit", "0", "after", "yes");
            default -> {}
        }
        return box;
    }

    private static void attempt(Box box, String fingerprint, String before, String... files) {
        box.attempt("step", 2, "fingerprint", fingerprint, "before", before);
        box.attempt("step", 2, files);
    }
}
