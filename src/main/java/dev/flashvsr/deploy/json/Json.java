package dev.flashvsr.deploy.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and writes JSON text. What is read may come from a box that is not trusted, so it is strict (no comments, no
 * duplicate names, nothing after the value) and limited in length, depth, number of values and of digits.
 */
public final class Json {
    /** The longest text that is read, in characters. */
    public static final int MAX_LENGTH = 16 * 1024 * 1024;

    /** How deep objects and arrays may lie in each other. */
    public static final int MAX_DEPTH = 64;

    /** How many names, values and brackets there may be: each takes far more memory than its text. */
    public static final int MAX_TOKENS = 500_000;

    private static final int MAX_DIGITS = 100;

    // The stream parser alone: binding to classes costs most of a second at the first use.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MAX_LENGTH)
                    .maxStringLength(MAX_LENGTH)
                    .maxNestingDepth(MAX_DEPTH)
                    .maxTokenCount(MAX_TOKENS)
                    .maxNumberLength(MAX_DIGITS)
                    .build())
            .build();

    private Json() {}

    /**
     * Reads one value.
     *
     * @throws JsonException if the text is not exactly one JSON value, or is over a limit
     */
    public static JsonValue parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new JsonException("more than " + MAX_LENGTH + " characters of JSON");
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new JsonException("expected a JSON value, found nothing");
            }
            JsonValue value = value(parser, first);
            if (parser.nextToken() != null) {
                throw new JsonException(where(parser.currentTokenLocation()) + "text after the end of the JSON value");
            }
            return value;
        } catch (StreamConstraintsException e) {
            String what = e.getOriginalMessage();
            throw new JsonException(
                    what.startsWith("Token count") ? "more than " + MAX_TOKENS + " names, values and brackets" : what,
                    e);
        } catch (JacksonException e) {
            // The parser names its source by words that say nothing to a person.
            String what = e.getOriginalMessage().replaceAll("\\[Source: [^;\\]]*; ", "[");
            throw new JsonException(where(e.getLocation()) + what, e);
        } catch (NumberFormatException e) { // an exponent of more than 32 bits
            throw new JsonException("a number is too large or too small to be read", e);
        }
    }

    /**
     * Reads one object.
     *
     * @throws JsonException if the text is not exactly one JSON object, or is over a limit
     */
    public static JsonObject parseObject(String text) {
        JsonValue value = parse(text);
        if (value instanceof JsonObject object) {
            return object;
        }
        throw JsonException.mismatch("JSON text", "an object", value);
    }

    /** The value on one line, with no spaces and no line end. */
    public static String compact(JsonValue value) {
        return JsonText.compact(value);
    }

    /** The value for people: two spaces a level, one member a line, a line end after it. */
    public static String pretty(JsonValue value) {
        return JsonText.pretty(value);
    }

    private static JsonValue value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new JsonValue.Text(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.Number(parser.getDecimalValue());
            case VALUE_TRUE -> new JsonValue.Bool(true);
            case VALUE_FALSE -> new JsonValue.Bool(false);
            case VALUE_NULL -> new JsonValue.Null();
            default -> throw new IllegalStateException("no JSON value starts with " + token);
        };
    }

    private static JsonObject object(JsonParser parser) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            String name = parser.currentName();
            members.put(name, value(parser, parser.nextToken()));
        }
        return new JsonObject(members);
    }

    private static JsonArray array(JsonParser parser) {
        List<JsonValue> values = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            values.add(value(parser, token));
        }
        return new JsonArray(values);
    }

    private static String where(TokenStreamLocation location) {
        return location == null ? "" : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }
}
