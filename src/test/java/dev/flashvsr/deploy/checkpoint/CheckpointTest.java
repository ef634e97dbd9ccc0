package dev.flashvsr.deploy.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final String FINGERPRINT = "a".repeat(64);
    private static final String SCRIPT = "b".repeat(64);
    private static final String TAIL = """
              "run": "20261101T100000Z-0badcafe",
              "attempt": 2,
              "seconds": 61,
              "time": "2026-11-01T10:00:00Z"
            }
            """;

    @Test
    void aTextOfMegabytesIsNone() {
        assertThat(Checkpoint.parse(head(Map.of()) + TAIL)).isPresent();
        assertThat(Checkpoint.parse(head(Map.of()) + TAIL + " ".repeat(1 << 20)))
                .isEmpty();
    }

    @Test
    void theHeadWithWhatTheRunnerAppendsReadsBack() {
        Map<String, String> inputs = Map.of("version", "3.11", "list", "one\n\"two\"\\\n\u001b[1mthree é \uD83D\uDE00");

        assertThat(Checkpoint.parse(head(inputs) + TAIL))
                .contains(new Checkpoint(
                        "python",
                        FINGERPRINT,
                        SCRIPT,
                        3,
                        inputs,
                        Map.of("x.py", "c".repeat(64)),
                        "/workspace",
                        "20261101T100000Z-0badcafe",
                        2,
                        Duration.ofSeconds(61),
                        Optional.of(Instant.parse("2026-11-01T10:00:00Z"))));
    }

    @Test
    void theHashesHaveLinesOfTheirOwnThatNoInputCanPassFor() {
        Map<String, String> inputs =
                Map.of("fingerprint", "d".repeat(64), "script", "\n  \"fingerprint\": \"" + "e".repeat(64) + "\",\n");

        List<String> lines = head(inputs).lines().toList();

        assertThat(lines.stream().filter(line -> line.contains("\"fingerprint\": \"")))
                .containsExactly("  \"fingerprint\": \"" + FINGERPRINT + "\",");
        assertThat(lines.stream().filter(line -> line.contains("\"script\": \"")))
                .containsExactly("  \"script\": \"" + SCRIPT + "\",");
        assertThat(lines).hasSize(8).last().asString().endsWith(",");
    }

    @Test
    void theSameStepGivesTheSameHeadByteForByte() {
        assertThat(head(Map.of("a", "1", "b", "2", "c", "3"))).isEqualTo(head(Map.of("c", "3", "b", "2", "a", "1")));
    }

    @Test
    void whatIsForPeopleMayBeMissing() {
        String bare = "{\"fingerprint\": \"" + FINGERPRINT + "\", \"script\": \"" + SCRIPT + "\", \"newer\": [1]}";

        assertThat(Checkpoint.parse(bare)).get().satisfies(read -> {
            assertThat(read.inputs()).isEmpty();
            assertThat(read.time()).isEmpty();
            assertThat(read.attempt()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0",
                "null",
                "{}",
                "[1]",
                "{\"fingerprint\": \"x\", \"script\": \"y\"}",
                "{\"fingerprint\": 7, \"script\": \"y\"}"
            })
    void whatIsNoneCountsAsNone(String text) {
        assertThat(Checkpoint.parse(text)).isEmpty();
    }

    @Test
    void cutOffAnywhereItCountsAsNone() {
        String whole = (head(Map.of("a", "1")) + TAIL).stripTrailing();

        for (int length = 0; length < whole.length(); length++) {
            assertThat(Checkpoint.parse(whole.substring(0, length))).isEmpty();
        }
    }

    @Test
    void numbersOutOfRangeAndNoTimesAreTolerated() {
        String odd = head(Map.of()) + "\"run\": \"r\", \"attempt\": 99999999999, \"seconds\": -5, \"time\": \"noon\"}";

        assertThat(Checkpoint.parse(odd)).get().satisfies(read -> {
            assertThat(read.attempt()).isEqualTo(Integer.MAX_VALUE);
            assertThat(read.seconds()).isZero();
            assertThat(read.time()).isEmpty();
        });
    }

    private static String head(Map<String, String> inputs) {
        return Checkpoint.head("python", FINGERPRINT, SCRIPT, 3, inputs, Map.of("x.py", "c".repeat(64)), "/workspace");
    }
}
