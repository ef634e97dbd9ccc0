package dev.flashvsr.deploy.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.Entries;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.PlannedStep;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Calls functions that the scripts of steps may define beside check and apply, on the box, in the environment that check
 * has, and with the inputs of all steps of the plan, for they may foretell what others do: read-only, without secrets. All in
 * one script and one answer.
 */
public final class StepFunctions {
    /** Of one step. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** What the answer may take beyond that. */
    private static final Duration REST = Duration.ofSeconds(60);

    private final RandomGenerator random;
    private final Duration limit;

    /** With what marks are made of. */
    public StepFunctions(RandomGenerator random) {
        this(random, LIMIT);
    }

    /** The same, with how long the function of one step may take; whole seconds. */
    StepFunctions(RandomGenerator random, Duration limit) {
        this.random = random;
        this.limit = limit;
    }

    /**
     * What {@code function} of each of these steps printed, by the step's id: its lines, untrusted text. None where the
     * script has no such function. A step whose function failed, ran for longer than 30 s or printed more than 1 MiB has no
     * entry.
     *
     * @param steps of this plan, which knows its root
     * @param function of {@code a-z} and {@code _}
     */
    public Map<String, List<String>> call(Box box, Plan plan, List<PlannedStep> steps, String function) {
        return call(box, plan, steps, function, Map.of());
    }

    /**
     * The same, where entries of caches will be on the box before the steps run.
     *
     * @param offered their keys, by the step's id; its function finds it in {@code STEP_OFFERED}
     */
    public Map<String, List<String>> call(
            Box box, Plan plan, List<PlannedStep> steps, String function, Map<String, String> offered) {
        Map<String, byte[]> request = new LinkedHashMap<>();
        put(request, "root", plan.root().orElseThrow());
        put(request, "function", function);
        put(request, "limit", Long.toString(limit.toSeconds()));
        put(request, "library.sh", plan.playbook().library());
        StringBuilder ids = new StringBuilder();
        Map<String, String> values = new TreeMap<>();
        plan.steps().forEach(step -> values.putAll(step.values()));
        values.remove("root");
        for (PlannedStep step : steps) {
            ids.append(step.id()).append('\n');
            put(request, "steps/" + step.id() + "/script.sh", step.step().script());
            values.forEach((name, value) -> put(request, "steps/" + step.id() + "/vars/" + name, value));
            if (offered.containsKey(step.id())) {
                put(request, "steps/" + step.id() + "/vars/STEP_OFFERED", offered.getOrDefault(step.id(), ""));
            }
        }
        put(request, "steps", ids.toString());
        Entries answer = new BoxShell(box, random)
                .run(BoxCommands.call(), BoxCommands.payload(request), limit.plus(REST))
                .expectOk("ask the steps for " + function)
                .entries()
                .under("call");
        Map<String, List<String>> lines = new LinkedHashMap<>();
        for (PlannedStep step : steps) {
            if (answer.word(step.id() + "/exit").filter("0"::equals).isPresent()) {
                lines.put(step.id(), answer.text(step.id()).orElse("").lines().toList());
            }
        }
        return lines;
    }

    private static void put(Map<String, byte[]> request, String name, String value) {
        request.put(name, value.getBytes(UTF_8));
    }
}
