package dev.flashvsr.deploy.json;

import java.math.BigDecimal;

/** A JSON value (RFC 8259), immutable. */
public sealed interface JsonValue
        permits JsonObject, JsonArray, JsonValue.Text, JsonValue.Number, JsonValue.Bool, JsonValue.Null {

    /** A string. */
    record Text(String value) implements JsonValue {}

    /** A number, exactly as written: {@code 1.50} keeps its two places. */
    @SuppressWarnings("JavaLangClash") // only ever named together with JsonValue
    record Number(BigDecimal value) implements JsonValue {}

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements JsonValue {}

    /** The literal {@code null}. */
    record Null() implements JsonValue {}

    /** A string value. */
    static JsonValue of(String value) {
        return new Text(value);
    }

    /** A whole number. */
    static JsonValue of(long value) {
        return new Number(BigDecimal.valueOf(value));
    }

    /**
     * A number, written in the shortest form that gives the same double again.
     *
     * @throws IllegalArgumentException for NaN and infinities, which JSON has no word for
     */
    static JsonValue of(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON has no number " + value);
        }
        return new Number(BigDecimal.valueOf(value));
    }

    /** A truth value. */
    static JsonValue of(boolean value) {
        return new Bool(value);
    }

    /** What kind of value this is, with its article, as error messages name it. */
    default String kind() {
        if (this instanceof JsonObject) {
            return "an object";
        } else if (this instanceof JsonArray) {
            return "an array";
        } else if (this instanceof Text) {
            return "a string";
        } else if (this instanceof Number) {
            return "a number";
        }
        return this instanceof Bool ? "true or false" : "null";
    }
}
