package dev.flashvsr.deploy.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDocumentTest {
    @TempDir
    Path scratch;

    private final Problems problems = new Problems();

    @ParameterizedTest
    @ValueSource(
            strings = {"3.10", "no", "on", "012", "12:30:45", "1_000", "2026-01-01", "0x1F", "1e3", ".inf", "=", "Yes"})
    void aPlainWordStaysTheTextThatWasWritten(String text) throws IOException {
        YamlMap map = (YamlMap) load("a: " + text + "\n");

        assertThat(map.entries().get(0).value())
                .isInstanceOf(YamlScalar.class)
                .extracting("text")
                .isEqualTo(text);
    }

    @Test
    void aValueKnowsWhereItStands() throws IOException {
        YamlMap map = (YamlMap) load("# first\na: x\nlist:\n  - one\n  - {b: two}\n");

        YamlList list = (YamlList) map.entries().get(1).value();
        YamlMap inner = (YamlMap) list.items().get(1);
        assertThat(inner.entries().get(0).value().place()).hasToString(scratch.resolve("x.yaml") + ":5:9");
    }

    @Test
    void aProblemShowsItsLine() throws IOException {
        YamlMap map = (YamlMap) load("a: x\nlong_name: value\n");

        assertThat(map.entries().get(1).key().place().problem("is wrong"))
                .hasToString(scratch.resolve("x.yaml") + ":2:1: is wrong\n" + "    2 | long_name: value\n"
                        + "      | ^^^^^^^^^");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: x\r\nb: y\r\n", "\uFEFFa: x\nb: y\n", "---\na: x\nb: y\n", "a: x\u2028\nb: y\n"})
    void linesCountTheSameForOurExcerptAndTheParser(String text) throws IOException {
        YamlMap map = (YamlMap) load(text);

        assertThat(map.entries().get(1).key().place().problem("x").excerpt().orElseThrow())
                .contains("| b: y");
    }

    @Test
    void anAliasIsTheValueOfItsAnchor() throws IOException {
        YamlMap map = (YamlMap) load("a: &r {max: 3}\nb: *r\n");

        assertThat(map.entries().get(1).value()).isSameAs(map.entries().get(0).value());
    }

    @Test
    void aMissingFileIsWrongUsage() {
        assertUnreadable(scratch.resolve("none.yaml"), "there is no such file");
    }

    @Test
    void aDirectoryIsWrongUsage() {
        assertUnreadable(scratch, "it is a directory");
    }

    private void assertUnreadable(Path file, String why) {
        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> YamlDocument.load(file, problems))
                .withMessage(file + " can't be read: " + why + ".")
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    }

    private YamlNode load(String text) throws IOException {
        YamlNode node = YamlDocument.load(Files.writeString(scratch.resolve("x.yaml"), text), problems)
                .orElseThrow();
        assertThat(problems.all()).isEmpty();
        return node;
    }
}
