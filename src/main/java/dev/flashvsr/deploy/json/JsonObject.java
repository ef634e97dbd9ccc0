package dev.flashvsr.deploy.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object whose members keep their order. A getter asks for a member by name and type; every getter throws
 * {@link JsonException}, naming the member, if it is there with another type. The plain getters also do so if it is
 * missing; for the {@code find…} ones a missing member and {@code null} are empty.
 */
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {
    /** Copies the map, in its order. */
    public JsonObject {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** Starts an object. */
    public static Builder builder() {
        return new Builder();
    }

    /** The member, whatever its type. */
    public Optional<JsonValue> find(String name) {
        return Optional.ofNullable(members.get(name)).filter(value -> !(value instanceof Null));
    }

    /** A string member. */
    public String string(String name) {
        return required(name, findString(name));
    }

    /** A string member that may be missing. */
    public Optional<String> findString(String name) {
        return find(name, Text.class, "a string").map(Text::value);
    }

    /** A whole number within the range of a long. */
    public long integer(String name) {
        return required(name, findInteger(name));
    }

    /** A whole number within the range of a long, that may be missing. */
    public Optional<Long> findInteger(String name) {
        return find(name, Number.class, "a number").map(number -> exact(name, number.value()));
    }

    /** A number member, rounded to a double. */
    public double number(String name) {
        return required(name, findNumber(name));
    }

    /** A number member, rounded to a double, that may be missing. */
    public Optional<Double> findNumber(String name) {
        return find(name, Number.class, "a number").map(number -> number.value().doubleValue());
    }

    /** A truth value. */
    public boolean bool(String name) {
        return required(name, findBool(name));
    }

    /** A truth value that may be missing. */
    public Optional<Boolean> findBool(String name) {
        return find(name, Bool.class, "true or false").map(Bool::value);
    }

    /** A member that is an object. */
    public JsonObject object(String name) {
        return required(name, findObject(name));
    }

    /** A member that is an object and may be missing. */
    public Optional<JsonObject> findObject(String name) {
        return find(name, JsonObject.class, "an object");
    }

    /** A member that is an array. */
    public JsonArray array(String name) {
        return required(name, findArray(name));
    }

    /** A member that is an array and may be missing. */
    public Optional<JsonArray> findArray(String name) {
        return find(name, JsonArray.class, "an array");
    }

    private <T extends JsonValue> Optional<T> find(String name, Class<T> type, String expected) {
        return find(name).map(value -> {
            if (!type.isInstance(value)) {
                throw JsonException.mismatch(quoted(name), expected, value);
            }
            return type.cast(value);
        });
    }

    private static <T> T required(String name, Optional<T> value) {
        return value.orElseThrow(() -> new JsonException(quoted(name) + " is missing"));
    }

    private static long exact(String name, BigDecimal value) {
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw new JsonException(quoted(name) + ": expected a whole number of at most 64 bits, found " + value, e);
        }
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    /** Collects members in the order in which they are put; the later of two with one name replaces the earlier. */
    public static final class Builder {
        private final Map<String, JsonValue> members = new LinkedHashMap<>();

        private Builder() {}

        /** Puts any value. */
        public Builder put(String name, JsonValue value) {
            members.put(name, value);
            return this;
        }

        /** Puts a string. */
        public Builder put(String name, String value) {
            return put(name, JsonValue.of(value));
        }

        /** Puts a whole number. */
        public Builder put(String name, long value) {
            return put(name, JsonValue.of(value));
        }

        /** Puts a finite number. */
        public Builder put(String name, double value) {
            return put(name, JsonValue.of(value));
        }

        /** Puts a truth value. */
        public Builder put(String name, boolean value) {
            return put(name, JsonValue.of(value));
        }

        /** Puts a string where there is one, else nothing. */
        public Builder put(String name, Optional<String> value) {
            value.ifPresent(text -> put(name, text));
            return this;
        }

        /** The object. */
        public JsonObject build() {
            return new JsonObject(members);
        }
    }
}
