package dev.flashvsr.deploy.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void readsEveryKindOfValue() {
        JsonObject read = Json.parseObject("""
                {"s": "a\\u00e9\\n", "i": 42, "d": 1.50, "t": true, "n": null, "o": {"k": "v"}, "a": ["x", "y"]}""");

        assertThat(read.string("s")).isEqualTo("aé\n");
        assertThat(read.integer("i")).isEqualTo(42);
        assertThat(read.number("d")).isEqualTo(1.5);
        assertThat(read.bool("t")).isTrue();
        assertThat(read.find("n")).isEmpty();
        assertThat(read.object("o").string("k")).isEqualTo("v");
        assertThat(read.array("a").strings()).containsExactly("x", "y");
        assertThat(read.findString("missing")).isEmpty();
    }

    @Test
    void writesOneLineAndReadsItBack() {
        JsonObject value = JsonObject.builder()
                .put("ts", "2026-11-01T00:00:00Z")
                .put("text", "quote \" backslash \\ newline \n escape \u001b emoji \uD83D\uDE00")
                .put("count", 7)
                .put("fraction", 0.25)
                .put("ok", true)
                .put("present", Optional.of("x"))
                .put("absent", Optional.empty())
                .put("list", JsonArray.ofStrings(List.of("a", "b")))
                .put("empty", JsonObject.builder().build())
                .build();

        String line = Json.compact(value);

        assertThat(line).doesNotContain("\n").doesNotContain("\u001b").startsWith("{\"ts\":\"2026-11-01T00:00:00Z\",");
        assertThat(Json.parse(line)).isEqualTo(value);
    }

    @Test
    void writesForPeople() {
        JsonValue value = Json.parse("{\"a\":[1,{\"b\":null}],\"c\":[]}");

        assertThat(Json.pretty(value)).isEqualTo("""
                        {
                          "a": [
                            1,
                            {
                              "b": null
                            }
                          ],
                          "c": []
                        }
                        """);
    }

    @Test
    void membersKeepTheirOrder() {
        assertThat(Json.parseObject("{\"z\":1,\"a\":2,\"m\":3}").members().keySet())
                .containsExactly("z", "a", "m");
    }

    @Test
    void everyNumberOfAnInstallationSurvives() {
        assertThat(Json.compact(JsonValue.of(Long.MAX_VALUE))).isEqualTo("9223372036854775807");
        assertThat(Json.parseObject("{\"n\":9223372036854775807}").integer("n")).isEqualTo(Long.MAX_VALUE);
        assertThat(Json.parseObject("{\"n\":1e3}").integer("n")).isEqualTo(1000);
    }

    @Test
    void numbersThatJsonLacksAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonValue.of(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonValue.of(Double.POSITIVE_INFINITY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "'a'",
                "nul",
                "01",
                "+1",
                ".5",
                "NaN",
                "1 2",
                "{}{}",
                "{} x",
                "// c\n1",
                "\"unended",
                "\"tab\tinside\"",
                "\"\\u12\"",
                "{\"a\":1,\"a\":2}",
                "\u0000",
                "[1}",
                "]"
            })
    void textThatIsNotExactlyOneValueIsRefused(String text) {
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> Json.parse(text));
    }

    @Test
    void anErrorSaysWhere() {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parse("{\n  \"a\": oops\n}"))
                .withMessageContaining("line 2, column ");
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parse("{}\n{}"))
                .withMessage("line 2, column 1: text after the end of the JSON value");
    }

    @Test
    void depthIsLimited() {
        String deepest = "[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH);
        assertThat(Json.parse(deepest)).isInstanceOf(JsonArray.class);

        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> Json.parse("[" + deepest + "]"));
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> Json.parse("[".repeat(1_000_000)));
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> Json.parse("{\"a\":".repeat(1_000_000)));
    }

    @Test
    void lengthIsLimited() {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parse("[" + "1,".repeat(Json.MAX_TOKENS) + "1]"))
                .withMessageContaining("more than 500000 names, values and brackets");
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parse(" ".repeat(Json.MAX_LENGTH) + "1"))
                .withMessageContaining("16777216 characters");
    }

    @Test
    void hugeNumbersCostNothing() {
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> Json.parse("9".repeat(1000)));
        for (String text : List.of("1e999999999", "1e-999999999", "1.5", "1e19")) {
            JsonObject read = Json.parseObject("{\"n\":" + text + "}");
            assertThatExceptionOfType(JsonException.class)
                    .isThrownBy(() -> read.integer("n"))
                    .withMessageContaining("\"n\"");
            assertThat(Json.compact(read)).hasSizeLessThan(40);
        }
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> Json.parse("1e99999999999999"));
    }

    @Test
    void aMemberOfAnotherTypeIsNamed() {
        JsonObject read = Json.parseObject("{\"id\": 3, \"list\": [\"a\", 1]}");

        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> read.string("id"))
                .withMessage("\"id\": expected a string, found a number");
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> read.findBool("id"))
                .withMessage("\"id\": expected true or false, found a number");
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> read.object("where"))
                .withMessage("\"where\" is missing");
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> read.array("list").strings())
                .withMessage("element 1: expected a string, found a number");
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parseObject("[]"))
                .withMessage("JSON text: expected an object, found an array");
    }

    @Test
    void aCutOffTextIsNamedByItsPlaceAlone() {
        assertThatThrownBy(() -> Json.parse("{\"a\": 1"))
                .isInstanceOf(JsonException.class)
                .hasMessageNotContaining("Source")
                .hasMessageNotContaining("REDACTED");
    }

    @Test
    void whatATerminalWouldObeyIsEscapedAndReadsBack() {
        String text = "\u001b[2J \u009b31m \u007f \u202e \u2028 é \uD83D\uDE00";
        String written = Json.compact(JsonValue.of(text));

        assertThat(written).isEqualTo("\"\\u001B[2J \\u009B31m \\u007F \\u202E \\u2028 é \uD83D\uDE00\"");
        assertThat(Json.parse(written)).isEqualTo(JsonValue.of(text));
    }
}
