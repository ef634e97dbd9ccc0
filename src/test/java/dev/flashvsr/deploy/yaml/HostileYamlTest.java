package dev.flashvsr.deploy.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files made to exhaust a parser end with a short message, soon. */
@Timeout(20)
class HostileYamlTest {
    @TempDir
    Path scratch;

    @Test
    void aliasesThatMultiplyAreStopped() throws IOException {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String alias = "*a" + (i - 1);
            text.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append((alias + ", ").repeat(8))
                    .append(alias)
                    .append("]\n");
        }

        assertThat(complaint(text.toString())).isEqualTo("there are more than 50 aliases");
    }

    @Test
    void aliasesBelowTheLimitAreReadOnceEach() throws IOException {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i <= 24; i++) {
            text.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        }

        Problems problems = new Problems();
        Optional<YamlNode> root = load(text.toString(), problems);

        assertThat(problems.isEmpty()).isTrue();
        assertThat(((YamlMap) root.orElseThrow()).entries()).hasSize(25);
    }

    @Test
    void deepNestingIsStopped() throws IOException {
        assertThat(complaint("[".repeat(100_000))).isEqualTo("values are nested more than 20 levels deep");
        assertThat(complaint("{a: ".repeat(100_000))).isEqualTo("values are nested more than 20 levels deep");
        StringBuilder block = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            block.append(" ".repeat(i)).append("a:\n");
        }
        assertThat(complaint(block.toString())).isEqualTo("values are nested more than 20 levels deep");
    }

    @Test
    void aValueThatContainsItselfIsRefused() throws IOException {
        assertThat(complaint("a: &a [*a]\n")).isEqualTo("this value contains itself through an alias");
        assertThat(complaint("a: &a {b: *a}\n")).isEqualTo("this value contains itself through an alias");
        assertThat(complaint("&a {*a : b}\n")).isNotEmpty();
    }

    @Test
    void aHugeFileIsNotReadToItsEnd() throws IOException {
        assertThat(complaint("a: " + "x".repeat(YamlDocument.MAX_BYTES))).isEqualTo("the file is larger than 1 MiB");
        Problems problems = new Problems();
        assertThat(YamlDocument.load(Path.of("/dev/zero"), problems)).isEmpty();
        assertThat(problems.all().get(0).what()).isEqualTo("the file is larger than 1 MiB");
    }

    @Test
    void aFileOfTheLargestSizeIsRead() throws IOException {
        Problems problems = new Problems();
        assertThat(load("a: x\n" + "#23456\n".repeat((YamlDocument.MAX_BYTES - 5) / 7), problems))
                .isPresent();
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void manyKeysTakeNoQuadraticTime() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("k").append(i).append(": v\n");
        }
        Problems problems = new Problems();
        assertThat(load(text.toString(), problems)).isPresent();
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void anEscapeThatIsNoCharacterIsBrokenYaml() throws IOException {
        assertThat(complaint("a: \"\\UFFFFFFFF\"\n")).isNotEmpty();
        assertThat(complaint("a: \"\\U00110000\"\n")).isNotEmpty();
    }

    @Test
    void whatIsQuotedOfBrokenYamlIsHarmless() throws IOException {
        assertThat(complaint("a: \"\\\t[\"\n")).doesNotContain("\t");
        assertThat(complaint("%\u2028\n")).endsWith("but found \uFFFD(8232)");
    }

    @Test
    void classNamesAreNeverLookedUp() throws IOException {
        assertThat(complaint("!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]\n"))
                .isEqualTo("tags are not allowed");
    }

    private String complaint(String text) throws IOException {
        Problems problems = new Problems();
        load(text, problems);
        return problems.all().get(0).what();
    }

    private Optional<YamlNode> load(String text, Problems problems) throws IOException {
        return YamlDocument.load(Files.writeString(scratch.resolve("x.yaml"), text), problems);
    }
}
