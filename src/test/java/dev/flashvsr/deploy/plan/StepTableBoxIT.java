package dev.flashvsr.deploy.plan;

import static dev.flashvsr.deploy.plan.Fixtures.RUN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The runner's {@code decide} against the same table as the planner. It is asked when all that a step needs is settled and
 * nothing runs, and has to choose where the plan may leave it open: a check that can't tell counts as no.
 */
class StepTableBoxIT {
    private static final Path SCRIPTS =
            Path.of("src/main/resources/dev/flashvsr/deploy/box").toAbsolutePath();
    private static final String SAME = "a".repeat(64);
    private static final String OTHER = "e".repeat(64);

    @TempDir
    Path deploy;

    @Test
    void theBoxDecidesAsTheTableSays() throws Exception {
        List<String> expected = new ArrayList<>();
        StringBuilder ask = new StringBuilder();
        for (List<String> combination : StepTableMatrixTest.combinations().toList()) {
            if (!combination.get(3).equals("settled") || handledBefore(combination.get(2))) {
                continue;
            }
            String step = "s" + expected.size();
            write(step, combination);
            ask.append("decide ")
                    .append(step)
                    .append(' ')
                    .append(combination.get(0))
                    .append("; printf '%s\\n' \"")
                    .append(combination)
                    .append(" $REPLY\"\n");
            expected.add(combination + " " + expected(combination));
        }

        assertThat(bash(ask.toString())).isEqualTo(expected);
        assertThat(expected).hasSize(3 * 4 * 6);
    }

    /** The runner takes over what still runs and records what waits for it before it decides anything. */
    private static boolean handledBefore(String attempt) {
        return List.of("running", "held", "unrecorded", "unrecorded-other").contains(attempt);
    }

    private static String expected(List<String> combination) throws IOException {
        List<String> told = new ArrayList<>(combination);
        told.set(0, told.get(0).equals("unknown") ? "no" : told.get(0));
        return StepTableMatrixTest.action(told);
    }

    private void write(String step, List<String> combination) throws IOException {
        put("runs/now/bundle/steps/" + step + "/fingerprint", SAME);
        switch (combination.get(1)) {
            case "same" -> put("checkpoints/" + step + ".json", checkpoint(SAME));
            case "other" -> put("checkpoints/" + step + ".json", checkpoint(OTHER));
            case "unreadable" -> put("checkpoints/" + step + ".json", "{ \"step\"");
            default -> {}
        }
        Map<String, String> attempt = switch (combination.get(2)) {
            case "ok" -> Map.of("fingerprint", SAME, "before", "no", "result", "ok");
            case "failed" -> Map.of("fingerprint", SAME, "before", "no", "result", "failed");
            case "cut-off" -> Map.of("fingerprint", SAME, "before", "no", "result", "cut-off");
            case "failed-yes" -> Map.of("fingerprint", SAME, "before", "yes", "result", "failed");
            case "failed-other" -> Map.of("fingerprint", OTHER, "before", "no", "result", "failed");
            default -> Map.of();
        };
        for (Map.Entry<String, String> file : attempt.entrySet()) {
            put("state/" + step + "/last", RUN + " 2\n");
            put("runs/" + RUN + "/steps/" + step + "/2/" + file.getKey(), file.getValue());
        }
    }

    private static String checkpoint(String fingerprint) {
        Map<String, String> misleading = Map.of("fingerprint", "d".repeat(64));
        return Checkpoint.head("s", fingerprint, SAME, 1, misleading, Map.of(), "/workspace") + "  \"run\": \"r\"\n}\n";
    }

    private void put(String name, String text) throws IOException {
        Path file = deploy.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<String> bash(String ask) throws Exception {
        Path script = deploy.resolve("ask.sh");
        Files.writeString(
                script,
                "set -euo pipefail\nshopt -s nullglob\ndeploy=$1 bundle=$1/runs/now/bundle\n"
                        + "for file in files checkpoint decide; do . \"$2/$file.sh\"; done\n" + ask);
        Path said = deploy.resolve("said");
        Process bash = new ProcessBuilder(
                        "bash", "--noprofile", "--norc", script.toString(), deploy.toString(), SCRIPTS.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readAllLines(said, UTF_8);
    }
}
