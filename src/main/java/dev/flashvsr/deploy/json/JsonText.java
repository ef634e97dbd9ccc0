package dev.flashvsr.deploy.json;

import java.util.Iterator;
import java.util.Locale;
import java.util.function.BiConsumer;
import tools.jackson.core.io.JsonStringEncoder;

/** Writes values as text. */
final class JsonText {
    private final StringBuilder out = new StringBuilder();
    private final boolean pretty;

    private JsonText(boolean pretty) {
        this.pretty = pretty;
    }

    static String compact(JsonValue value) {
        JsonText text = new JsonText(false);
        text.write(value, 0);
        return text.out.toString();
    }

    static String pretty(JsonValue value) {
        JsonText text = new JsonText(true);
        text.write(value, 0);
        return text.out.append('\n').toString();
    }

    private void write(JsonValue value, int depth) {
        if (value instanceof JsonObject object) {
            list('{', object.members().entrySet(), '}', depth, (member, inner) -> {
                string(member.getKey());
                out.append(pretty ? ": " : ":");
                write(member.getValue(), inner);
            });
        } else if (value instanceof JsonArray array) {
            list('[', array.values(), ']', depth, this::write);
        } else if (value instanceof JsonValue.Text text) {
            string(text.value());
        } else if (value instanceof JsonValue.Number number) {
            // Not toPlainString: 1E+999999999 would be a text of a gigabyte.
            out.append(number.value());
        } else if (value instanceof JsonValue.Bool bool) {
            out.append(bool.value());
        } else {
            out.append("null");
        }
    }

    private <T> void list(char open, Iterable<T> items, char close, int depth, BiConsumer<T, Integer> item) {
        out.append(open);
        Iterator<T> rest = items.iterator();
        boolean any = rest.hasNext();
        while (rest.hasNext()) {
            newLine(depth + 1);
            item.accept(rest.next(), depth + 1);
            if (rest.hasNext()) {
                out.append(',');
            }
        }
        if (any) {
            newLine(depth);
        }
        out.append(close);
    }

    private void newLine(int depth) {
        if (pretty) {
            out.append('\n').append("  ".repeat(depth));
        }
    }

    private void string(String value) {
        out.append('"');
        for (char c : JsonStringEncoder.getInstance().quoteAsCharArray(value)) {
            if (isHarmless(c)) {
                out.append(c);
            } else {
                out.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
            }
        }
        out.append('"');
    }

    /** JSON allows all but the first 32, and a terminal obeys some of the others. Surrogates come in pairs, and stay. */
    private static boolean isHarmless(char c) {
        return c < 0x7f
                || switch (Character.getType(c)) {
                    case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                        false;
                    default -> true;
                };
    }
}
