package dev.flashvsr.deploy.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.checkpoint.Checkpoint;
import dev.flashvsr.deploy.checkpoint.History;
import dev.flashvsr.deploy.playbook.Estimate;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.Products;
import dev.flashvsr.deploy.playbook.Retries;
import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.playbook.StepFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Small playbooks, and boxes that answer what a test wants. */
final class Fixtures {
    static final String RUN = "20261101T100000Z-0badcafe";
    static final String BOX_ID = "0123456789abcdef0123456789abcdef";
    static final Map<String, String> VALUES = Map.of("version", "3.11.13", "list", "one\ntwo\nthree\n");

    private Fixtures() {}

    static Step step(String id, String... needs) {
        return new Step(
                id,
                "Title of " + id,
                "check() { true; }; apply() { true; }",
                List.of(needs),
                List.of("version", "list"),
                List.of(),
                Map.of("x.py", new StepFile(Path.of("x.py"), "c".repeat(64), 3)),
                1,
                List.of("apt"),
                Optional.of(Duration.ofMinutes(45)),
                Duration.ofMinutes(10),
                1 << 28,
                new Retries(3, Duration.ofSeconds(10)),
                Optional.empty(),
                new Estimate(
                        Optional.of(Duration.ofMinutes(5)), OptionalLong.of(400_000_000), OptionalLong.of(1_000_000)),
                false,
                Products.NONE);
    }

    static Playbook playbook(Step... steps) {
        return new Playbook(
                "flashvsr",
                Path.of("playbook.yaml"),
                "lib() { :; }",
                List.of(),
                VALUES,
                List.of(),
                Arrays.asList(steps));
    }

    static Plan plan(Playbook playbook, Box box) {
        return Planner.of(playbook, Map.of(), Selection.ALL).plan(box.state(), History.NONE);
    }

    /** The survey's entries of a box, in the making. */
    static final class Box {
        private final Map<String, byte[]> entries = new LinkedHashMap<>();

        Box() {
            put("root", "/workspace");
            put("root.why", "found");
            put("box.json", "{\"id\":\"" + BOX_ID + "\",\"made\":\"2026-11-01T00:00:00Z\"}\n");
        }

        Box put(String name, String text) {
            entries.put(name, text.getBytes(UTF_8));
            return this;
        }

        Box check(String step, String answer) {
            return put("check/" + step, answer);
        }

        /** Said yes by its check, done and recorded with today's fingerprint. */
        Box done(Step step) {
            return check(step.id(), "yes").checkpoint(step, step, VALUES).attempt(step.id(), 1, "result", "ok");
        }

        /** A checkpoint as if the step had been like {@code made} then. */
        Box checkpoint(Step step, Step made, Map<String, String> values) {
            Playbook playbook = playbook(made);
            return put(
                    "checkpoint/" + step.id(),
                    Checkpoint.head(
                                    step.id(),
                                    Fingerprint.of(made, values),
                                    Fingerprint.ofScript(playbook.library(), made.script()),
                                    made.revision(),
                                    Fingerprint.inputs(made, values),
                                    Changes.hashes(made),
                                    "/workspace")
                            + "  \"run\": \"" + RUN + "\",\n  \"attempt\": 1,\n  \"seconds\": 61,\n"
                            + "  \"time\": \"2026-10-31T23:59:59Z\"\n}\n");
        }

        /** Its latest attempt, with files given as name and content in turn. */
        Box attempt(String step, int number, String... files) {
            put("last/" + step, RUN + " " + number + "\n");
            for (int i = 0; i < files.length; i += 2) {
                put("attempt/" + step + "/" + files[i], files[i + 1] + "\n");
            }
            return this;
        }

        Box holder(boolean alive) {
            put("holder", "run=" + RUN + "\nplan=" + "f".repeat(64) + "\nwho=ann\nfrom=laptop\nsince=1793527200\n");
            return put("holder.alive", alive ? "yes" : "no");
        }

        Map<String, byte[]> entries() {
            return entries;
        }

        BoxState state() {
            return BoxStates.of(entries);
        }
    }
}
