package dev.flashvsr.deploy.event;

import dev.flashvsr.deploy.json.JsonArray;
import dev.flashvsr.deploy.json.JsonObject;
import dev.flashvsr.deploy.json.JsonValue;
import java.time.Duration;
import java.time.Instant;

/**
 * Events as JSON objects, the same for {@code --json} and for the journal: {@code ts} (ISO 8601, UTC), {@code event}, and
 * the fields of its kind; durations are in seconds.
 */
public final class EventJson {
    private EventJson() {}

    /** One object, to be written on one line. */
    public static JsonObject of(RunEvent event) {
        return fields(event).build();
    }

    private static JsonObject found(RunEvent.Found found) {
        return JsonObject.builder()
                .put("id", found.id())
                .put("verdict", found.verdict())
                .put("says", found.says())
                .put("curedBy", JsonArray.ofStrings(found.curedBy()))
                .build();
    }

    private static JsonObject.Builder fields(RunEvent event) {
        if (event instanceof RunEvent.RunStarted e) {
            return object(e.ts(), "run.started")
                    .put("run", e.run())
                    .put("box", e.box())
                    .put("root", e.root())
                    .put("resumed", e.resumed());
        } else if (event instanceof RunEvent.BoxInspected e) {
            JsonObject.Builder facts = JsonObject.builder();
            e.facts().forEach(facts::put);
            return object(e.ts(), "box.inspected")
                    .put("box", e.box())
                    .put("root", e.root())
                    .put("why", e.rootWhy())
                    .put("facts", facts.build())
                    .put(
                            "requirements",
                            new JsonArray(e.findings().stream()
                                    .<JsonValue>map(EventJson::found)
                                    .toList()));
        } else if (event instanceof RunEvent.PlanReady e) {
            return object(e.ts(), "plan.ready")
                    .put(
                            "steps",
                            new JsonArray(e.steps().stream()
                                    .<JsonValue>map(EventJson::line)
                                    .toList()));
        } else if (event instanceof RunEvent.LinkLost e) {
            JsonObject.Builder object = object(e.ts(), "link.lost").put("why", e.why());
            e.attempt().ifPresent(attempt -> object.put("attempt", attempt));
            return object;
        } else if (event instanceof RunEvent.LinkRestored e) {
            return object(e.ts(), "link.restored").put("seconds", seconds(e.after()));
        } else if (event instanceof RunEvent.Notice e) {
            return object(e.ts(), "notice").put("text", e.text());
        } else if (event instanceof RunEvent.RunFinished e) {
            JsonObject.Builder object = object(e.ts(), "run.finished")
                    .put("run", e.run())
                    .put("result", e.result())
                    .put("seconds", seconds(e.took()));
            e.cost().ifPresent(cost -> object.put("cost", cost));
            return object;
        }
        return stepFields(event);
    }

    private static JsonObject.Builder stepFields(RunEvent event) {
        if (event instanceof RunEvent.StepStarted e) {
            return step(e.ts(), "started", e.step()).put("attempt", e.attempt()).put("why", e.why());
        } else if (event instanceof RunEvent.StepReattached e) {
            return step(e.ts(), "reattached", e.step())
                    .put("attempt", e.attempt())
                    .put("seconds", seconds(e.elapsed()));
        } else if (event instanceof RunEvent.StepOutput e) {
            return step(e.ts(), "output", e.step()).put("line", e.line());
        } else if (event instanceof RunEvent.StepProgress e) {
            return step(e.ts(), "progress", e.step())
                    .put("fraction", e.fraction())
                    .put("label", e.label());
        } else if (event instanceof RunEvent.StepRetrying e) {
            return step(e.ts(), "retrying", e.step())
                    .put("attempt", e.attempt())
                    .put("exit", e.exit())
                    .put("pause", seconds(e.pause()));
        } else if (event instanceof RunEvent.StepSkipped e) {
            return step(e.ts(), "skipped", e.step()).put("reason", e.reason());
        } else if (event instanceof RunEvent.StepAdopted e) {
            return step(e.ts(), "adopted", e.step());
        } else if (event instanceof RunEvent.StepFinished e) {
            return step(e.ts(), "finished", e.step())
                    .put("attempt", e.attempt())
                    .put("seconds", seconds(e.took()));
        } else if (event instanceof RunEvent.StepFailed e) {
            return step(e.ts(), "failed", e.step())
                    .put("attempt", e.attempt())
                    .put("exit", e.exit())
                    .put("cause", e.cause())
                    .put("seconds", seconds(e.took()))
                    .put("tail", JsonArray.ofStrings(e.tail()))
                    .put("diagnosis", e.diagnosis());
        } else if (event instanceof RunEvent.StepBlocked e) {
            return step(e.ts(), "blocked", e.step()).put("by", e.by());
        }
        return productFields(event);
    }

    private static JsonObject.Builder productFields(RunEvent event) {
        if (event instanceof RunEvent.StepOffered e) {
            return step(e.ts(), "offered", e.step()).put("entry", e.entry());
        } else if (event instanceof RunEvent.StepResults e) {
            JsonObject.Builder files = JsonObject.builder();
            e.files().forEach(files::put);
            return step(e.ts(), "results", e.step()).put("files", files.build());
        } else if (event instanceof RunEvent.TransferStarted e) {
            return transfer(e.ts(), "started", e.file(), e.way(), 0, e.total());
        } else if (event instanceof RunEvent.TransferProgress e) {
            return transfer(e.ts(), "progress", e.file(), e.way(), e.bytes(), e.total());
        } else if (event instanceof RunEvent.TransferFinished e) {
            return transfer(e.ts(), "finished", e.file(), e.way(), e.bytes(), e.total())
                    .put("seconds", seconds(e.took()));
        }
        throw new IllegalArgumentException("an event without a form in JSON: " + event);
    }

    private static JsonObject line(RunEvent.PlanLine line) {
        JsonObject.Builder object = JsonObject.builder()
                .put("id", line.id())
                .put("title", line.title())
                .put("action", line.action())
                .put("reason", line.reason());
        line.expected().ifPresent(expected -> object.put("expected", seconds(expected)));
        return object.build();
    }

    private static JsonObject.Builder step(Instant ts, String what, String step) {
        return object(ts, "step." + what).put("step", step);
    }

    private static JsonObject.Builder transfer(
            Instant ts, String what, String file, RunEvent.Way way, long bytes, long total) {
        return object(ts, "transfer." + what)
                .put("file", file)
                .put("way", way.word())
                .put("bytes", bytes)
                .put("total", total);
    }

    private static JsonObject.Builder object(Instant ts, String event) {
        return JsonObject.builder().put("ts", ts.toString()).put("event", event);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
