package dev.flashvsr.deploy.products;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.engine.StepFunctions;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.PlannedStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the function {@code cache_key} of steps says. */
final class CacheKeys {
    private CacheKeys() {}

    /** By the step's id; none for a step that can't tell, or whose answer is no key. */
    static Map<String, String> ask(StepFunctions functions, Box box, Plan plan, List<PlannedStep> steps) {
        Map<String, String> keys = new LinkedHashMap<>();
        functions.call(box, plan, steps, "cache_key").forEach((step, lines) -> {
            if (lines.size() == 1 && BuiltFor.isKey(lines.get(0).strip())) {
                keys.put(step, lines.get(0).strip());
            }
        });
        return keys;
    }
}
