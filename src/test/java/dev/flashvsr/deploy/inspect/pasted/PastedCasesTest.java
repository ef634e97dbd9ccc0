package dev.flashvsr.deploy.inspect.pasted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.Finding;
import dev.flashvsr.deploy.inspect.Inspector;
import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts as providers and users paste them, each with what is to be said of it: {@code expected.txt} beside them. */
class PastedCasesTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/dev/flashvsr/deploy/inspect/pasted");
    private static final Inspector INSPECTOR = new Inspector(Catalogue.load().byId(), Set.of());

    static List<String> expected() throws IOException {
        return Files.readAllLines(DIRECTORY.resolve("expected.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("expected")
    void everyTextIsJudgedAsExpected(String line) throws IOException {
        String[] words = line.split(" ", 3);
        PastedText pasted = pasted(words[0]);
        switch (words[1]) {
            case "unread" -> assertThat(pasted.unknown()).contains(words[2]);
            case "machines" -> {
                assertThat(String.join(", ", pasted.machines())).isEqualTo(words[2]);
                assertThat(pasted.note().orElseThrow().ru()).contains(words[2].split(", ")[1]);
            }
            default -> {
                Finding finding = finding(pasted, words[1]);
                String[] verdict = words[2].split(" ", 2);
                assertThat(finding.verdict() + ": " + finding.says().en())
                        .startsWith(verdict[0])
                        .contains(verdict.length > 1 ? verdict[1] : "");
                assertThat(finding.evidence())
                        .hasSizeGreaterThanOrEqualTo(finding.verdict() == Verdict.UNKNOWN ? 0 : 1);
            }
        }
    }

    /** What is shown as evidence are the very lines, not the form that our probes give them. */
    @Test
    void evidenceIsWhatWasPasted() throws IOException {
        assertThat(finding(pasted("gh200-lscpu-aarch64"), "architecture").evidence())
                .singleElement()
                .satisfies(output -> assertThat(output.text()).contains("Model name:           Neoverse-V2"));
        assertThat(finding(pasted("russian-lscpu-free-df"), "build-memory").evidence())
                .anySatisfy(output -> assertThat(output.text()).contains("Память:         503Gi"));
        assertThat(finding(pasted("lscpu-df-nvcc-ulimit"), "cuda-toolkit")
                        .evidence()
                        .get(0)
                        .command())
                .isEqualTo("nvcc --version");
    }

    @Test
    void everyTextHasItsExpectation() throws IOException {
        Set<String> named = new TreeSet<>();
        expected().forEach(line -> named.add(line.split(" ", 2)[0] + ".txt"));
        named.add("expected.txt");
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(named);
        }
    }

    private static PastedText pasted(String name) throws IOException {
        return PastedText.of(PastedText.decoded(Files.readAllBytes(DIRECTORY.resolve(name + ".txt"))));
    }

    private static Finding finding(PastedText pasted, String id) {
        return INSPECTOR.judge(List.of(id), pasted.evidence().withQuick()).get(id);
    }
}
