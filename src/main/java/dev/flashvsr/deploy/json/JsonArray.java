package dev.flashvsr.deploy.json;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A JSON array, in order. */
public record JsonArray(List<JsonValue> values) implements JsonValue {
    /** Copies the list. */
    public JsonArray {
        values = List.copyOf(values);
    }

    /** An array of strings. */
    public static JsonArray ofStrings(Iterable<String> values) {
        Stream.Builder<JsonValue> all = Stream.builder();
        values.forEach(value -> all.add(new Text(value)));
        return new JsonArray(all.build().toList());
    }

    /**
     * The elements, all of them objects.
     *
     * @throws JsonException if one is something else; it names the element by its index, from 0
     */
    public List<JsonObject> objects() {
        return elements(JsonObject.class, "an object");
    }

    /**
     * The elements, all of them strings.
     *
     * @throws JsonException if one is something else; it names the element by its index, from 0
     */
    public List<String> strings() {
        return elements(Text.class, "a string").stream().map(Text::value).toList();
    }

    private <T extends JsonValue> List<T> elements(Class<T> type, String expected) {
        return IntStream.range(0, values.size())
                .mapToObj(i -> {
                    JsonValue value = values.get(i);
                    if (!type.isInstance(value)) {
                        throw JsonException.mismatch("element " + i, expected, value);
                    }
                    return type.cast(value);
                })
                .toList();
    }
}
