package dev.flashvsr.deploy.checkpoint;

import dev.flashvsr.deploy.hash.Sha256;
import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.json.JsonException;
import dev.flashvsr.deploy.json.JsonObject;
import dev.flashvsr.deploy.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the runner wrote on the box when a step was done and its check said so. It comes from the box, so it is untrusted,
 * and it is never believed alone.
 *
 * @param fingerprint SHA-256 hex over revision, inputs and files
 * @param scriptHash SHA-256 hex over library and script
 * @param inputs variables that the result depends on, readable, so that a change can be named
 * @param files name below {@code $STEP_FILES} to SHA-256 hex
 * @param root where it was installed; in no fingerprint
 * @param attempt 0: adopted or renewed, nothing was run
 * @param seconds time that apply and the check took
 */
public record Checkpoint(
        String step,
        String fingerprint,
        String scriptHash,
        int revision,
        Map<String, String> inputs,
        Map<String, String> files,
        String root,
        String run,
        int attempt,
        Duration seconds,
        Optional<Instant> time) {
    /** Far more than the inputs of any step; in characters. */
    private static final int LONGEST = 1 << 20;

    /**
     * Reads one. Only the two hashes must be there, each 64 lower-case hex digits; the rest is for people and may be
     * missing. Empty: the text is no checkpoint, and is treated as none.
     */
    public static Optional<Checkpoint> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(Json.parseObject(text)))
                    .filter(read -> Sha256.isHex(read.fingerprint) && Sha256.isHex(read.scriptHash));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    /**
     * The text of a checkpoint up to where the runner appends run, attempt, seconds and time (section 5 of
     * docs/box-protocol.md). One member a line, and no line of an inner object, so that no input called
     * {@code fingerprint} can be taken for the real one.
     */
    public static String head(
            String step,
            String fingerprint,
            String scriptHash,
            int revision,
            Map<String, String> inputs,
            Map<String, String> files,
            String root) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("step", JsonValue.of(step));
        members.put("fingerprint", JsonValue.of(fingerprint));
        members.put("script", JsonValue.of(scriptHash));
        members.put("revision", JsonValue.of(revision));
        members.put("inputs", texts(inputs));
        members.put("files", texts(files));
        members.put("root", JsonValue.of(root));
        StringBuilder head = new StringBuilder("{\n");
        members.forEach((name, value) -> head.append("  \"")
                .append(name)
                .append("\": ")
                .append(Json.compact(value))
                .append(",\n"));
        return head.toString();
    }

    private static Checkpoint read(JsonObject json) {
        return new Checkpoint(
                json.findString("step").orElse(""),
                json.string("fingerprint"),
                json.string("script"),
                number(json, "revision"),
                texts(json, "inputs"),
                texts(json, "files"),
                json.findString("root").orElse(""),
                json.findString("run").orElse(""),
                number(json, "attempt"),
                Duration.ofSeconds(number(json, "seconds")),
                json.findString("time").flatMap(Checkpoint::instant));
    }

    private static int number(JsonObject json, String name) {
        return Math.toIntExact(
                Math.max(0, Math.min(Integer.MAX_VALUE, json.findInteger(name).orElse(0L))));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static JsonObject texts(Map<String, String> values) {
        JsonObject.Builder object = JsonObject.builder();
        new TreeMap<>(values).forEach(object::put);
        return object.build();
    }

    private static Map<String, String> texts(JsonObject json, String name) {
        Map<String, String> texts = new TreeMap<>();
        json.findObject(name).ifPresent(all -> all.members().keySet().forEach(key -> texts.put(key, all.string(key))));
        return Map.copyOf(texts);
    }
}
