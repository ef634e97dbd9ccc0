package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.json.JsonObject;
import dev.flashvsr.deploy.json.JsonValue;
import dev.flashvsr.deploy.plan.BoxState;
import dev.flashvsr.deploy.plan.Holder;
import dev.flashvsr.deploy.plan.Plan;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** {@code status --json}: one object. */
final class StatusJson {
    private StatusJson() {}

    static String of(String label, BoxState box, Plan plan) {
        JsonObject.Builder json = JsonObject.builder().put("box", label).put("root", box.root());
        box.boxId().ifPresent(id -> json.put("id", id));
        json.put("busy", box.busy());
        box.holder()
                .filter(Holder::alive)
                .ifPresent(holder -> json.put(
                        "holder",
                        JsonObject.builder()
                                .put("run", holder.run())
                                .put("plan", holder.plan())
                                .put("who", holder.who())
                                .put("from", holder.from())
                                .build()));
        box.lastRun()
                .ifPresent(last -> json.put(
                        "last_run",
                        JsonObject.builder()
                                .put("run", last.name())
                                .put("end", last.end().orElse("none"))
                                .build()));
        Map<String, JsonValue> steps = new LinkedHashMap<>();
        plan.steps()
                .forEach(step -> steps.put(
                        step.id(),
                        JsonObject.builder()
                                .put(
                                        "check",
                                        box.step(step.id())
                                                .check()
                                                .answer()
                                                .name()
                                                .toLowerCase(Locale.ROOT))
                                .put("action", step.action().word())
                                .put("reason", step.reason())
                                .build()));
        JsonObject.Builder all = JsonObject.builder();
        steps.forEach(all::put);
        return Json.compact(json.put("steps", all.build()).build());
    }
}
