package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.hash.Sha256;
import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.json.JsonArray;
import dev.flashvsr.deploy.json.JsonException;
import dev.flashvsr.deploy.json.JsonObject;
import dev.flashvsr.deploy.json.JsonValue;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.Words;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The plan as a document: what {@code plan --json} prints and {@code plan --out} saves. Durations are in seconds. */
public final class PlanJson {
    private static final int VERSION = 1;

    private PlanJson() {}

    /** As one object; values of inputs are in it, and the names of the secrets that are sent, never a secret. */
    public static JsonObject write(Plan plan, PlanSummary summary, Disclosure sends) {
        return JsonObject.builder()
                .put("version", VERSION)
                .put("playbook", plan.playbook().name())
                .put("root", plan.root())
                .put("box", plan.boxId())
                .put("identity", plan.identity())
                .put("whole", plan.steps().size() == plan.playbook().steps().size())
                .put(
                        "steps",
                        new JsonArray(plan.steps().stream()
                                .<JsonValue>map(PlanJson::step)
                                .toList()))
                .put("sends", sends.json())
                .put("counts", counts(summary))
                .put("sure", amounts(summary.sure()))
                .put("at_most", amounts(summary.atMost()))
                .build();
    }

    /**
     * Reads a saved plan; {@code file} is its name for messages.
     *
     * @throws DeployException exit 2, if the text is no saved plan, or one that holds what a playbook may not
     */
    public static SavedPlan read(String text, String file) {
        try {
            SavedPlan plan = saved(Json.parseObject(text));
            SavedPlanCheck.check(plan, text, file);
            return plan;
        } catch (JsonException | IllegalArgumentException e) {
            throw new DeployException(
                    ExitCode.USAGE,
                    file + " is no saved plan: " + Shown.line(String.valueOf(e.getMessage())) + ".",
                    "Make one with 'plan TARGET --out FILE'.",
                    e);
        }
    }

    private static JsonObject step(PlannedStep planned) {
        JsonObject.Builder step = JsonObject.builder()
                .put("id", planned.id())
                .put("title", planned.title())
                .put("action", planned.action().word())
                .put("reason", planned.reason())
                .put("fingerprint", planned.fingerprint())
                .put("script", planned.scriptHash())
                .put("needs", JsonArray.ofStrings(planned.step().needs()))
                .put("force", planned.force());
        planned.expected().ifPresent(expected -> step.put("expected_seconds", expected.toSeconds()));
        JsonObject.Builder inputs = JsonObject.builder();
        Fingerprint.inputs(planned.step(), planned.values()).forEach(inputs::put);
        return step.put("inputs", inputs.build()).build();
    }

    private static JsonObject counts(PlanSummary summary) {
        JsonObject.Builder counts = JsonObject.builder();
        Arrays.stream(Action.values()).forEach(action -> counts.put(action.word(), summary.count(action)));
        return counts.build();
    }

    private static JsonObject amounts(PlanSummary.Amounts amounts) {
        JsonObject.Builder object = JsonObject.builder()
                .put("seconds", amounts.time().toSeconds())
                .put("download_bytes", amounts.download())
                .put("disk_bytes", amounts.disk())
                .put("steps_without_estimate", amounts.unestimated());
        amounts.cost().ifPresent(cost -> object.put("cost", cost));
        return object.build();
    }

    private static SavedPlan saved(JsonObject json) {
        if (json.integer("version") != VERSION) {
            throw new IllegalArgumentException("it is of version " + json.integer("version") + ", not " + VERSION);
        }
        return new SavedPlan(
                json.string("playbook"),
                json.findString("root"),
                hash(json, "identity"),
                json.findString("box"),
                json.find("sends").map(sends -> secretNames(json.object("sends"))),
                json.bool("whole"),
                json.array("steps").objects().stream().map(PlanJson::savedStep).toList());
    }

    private static List<String> secretNames(JsonObject sends) {
        return sends.array("secrets").objects().stream()
                .map(secret -> secret.string("name"))
                .toList();
    }

    private static SavedPlan.SavedStep savedStep(JsonObject json) {
        Map<String, String> inputs = new TreeMap<>();
        JsonObject written = json.object("inputs");
        written.members().keySet().forEach(name -> inputs.put(name, written.string(name)));
        return new SavedPlan.SavedStep(
                json.string("id"),
                json.string("title"),
                action(json.string("action")),
                json.string("reason"),
                hash(json, "fingerprint"),
                hash(json, "script"),
                json.findInteger("expected_seconds").map(Duration::ofSeconds),
                json.array("needs").strings(),
                json.bool("force"),
                Map.copyOf(inputs));
    }

    private static Action action(String word) {
        Optional<Action> action = Arrays.stream(Action.values())
                .filter(known -> known.word().equals(word))
                .findFirst();
        return action.orElseThrow(() -> new IllegalArgumentException("there is no action " + Words.quoted(word)));
    }

    private static String hash(JsonObject json, String name) {
        String hash = json.string(name);
        if (!Sha256.isHex(hash)) {
            throw new IllegalArgumentException('"' + name + "\" is not 64 hex digits");
        }
        return hash;
    }
}
