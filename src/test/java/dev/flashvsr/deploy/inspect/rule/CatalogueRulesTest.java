package dev.flashvsr.deploy.inspect.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Way;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import dev.flashvsr.deploy.inspect.probe.Probes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalogue and the rules fit together. */
class CatalogueRulesTest {
    /** Of measurements, which are no probes: they load the machine, and run only where they are asked for. */
    private static final String MEASURED = "bench.";

    private static final Pattern LIMIT = Pattern.compile("\\blimit\\(\\s*\"([a-z0-9_]+)\"");

    private final Catalogue catalogue = Catalogue.load();

    static List<Requirement> judged() {
        return Catalogue.load().requirements().stream()
                .filter(requirement -> requirement.rule().isPresent())
                .toList();
    }

    @Test
    void everyRuleThatIsNamedIsThere() {
        assertThat(judged().stream().map(requirement -> requirement.rule().orElseThrow()))
                .allSatisfy(rule -> assertThat(Rules.find(rule)).as(rule).isPresent());
    }

    @Test
    void everyProbeThatIsNamedIsThere() {
        assertThat(judged().stream()
                        .flatMap(requirement -> requirement.probes().stream())
                        .filter(probe -> !probe.startsWith(MEASURED)))
                .allSatisfy(probe -> assertThat(Probes.find(probe)).as(probe).isPresent());
    }

    @Test
    void everyFigureThatARuleReadsIsInTheCatalogue() throws IOException {
        Set<String> known = catalogue.requirements().stream()
                .flatMap(requirement -> requirement.limits().keySet().stream())
                .collect(Collectors.toSet());
        Set<String> read = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/dev/flashvsr/deploy/inspect/rule"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Matcher limit = LIMIT.matcher(text(source));
                while (limit.find()) {
                    read.add(limit.group(1));
                }
            }
        }

        assertThat(read).isNotEmpty().isSubsetOf(known);
    }

    @ParameterizedTest
    @MethodSource("judged")
    void nothingSeenIsNeverMet(Requirement requirement) {
        Judgement judgement = Judged.by(requirement, Evidence.NONE);

        assertThat(judgement.verdict()).isNotIn(Verdict.PASS, Verdict.WARN);
        if (requirement.way() == Way.PROBE) {
            assertThat(judgement.verdict()).isEqualTo(Verdict.UNKNOWN);
        }
        assertThat(judgement.says().en()).isNotBlank().doesNotContainPattern("\\p{IsCyrillic}");
        assertThat(judgement.says().ru()).containsPattern("\\p{IsCyrillic}");
    }

    @ParameterizedTest
    @MethodSource("judged")
    void whatCannotBeReadIsNeverMet(Requirement requirement) {
        List<Output> outputs = new ArrayList<>(List.of(
                new Output("x", OptionalInt.empty(), true, ""),
                new Output("x", OptionalInt.of(127), false, "bash: x: command not found"),
                Output.of("x", 0, ""),
                Output.of("x", 0, "\0\u001b[31m\uffff=|,:-\n\n[N/A]\n99999999999999999999999999\n-1\nNaN\n")));
        for (Output output : outputs) {
            Map<String, Output> all = new TreeMap<>();
            requirement.probes().forEach(probe -> all.put(probe, output));

            Judgement judgement = Judged.by(requirement, new Evidence(all));

            assertThat(judgement.says().en()).isNotBlank();
            if (output.timedOut()) {
                assertThat(judgement.verdict()).as(requirement.id()).isNotEqualTo(Verdict.PASS);
            }
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
