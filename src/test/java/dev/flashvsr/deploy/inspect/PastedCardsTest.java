package dev.flashvsr.deploy.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.pasted.PastedText;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.rule.Judged;
import dev.flashvsr.deploy.inspect.rule.Judgement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cards that are dead, taken or shared, and some that are not, as a person pastes them: {@code NAME.txt}, and
 * {@code NAME.expected} with lines of a requirement's id, its verdict and words that the English sentence has.
 */
class PastedCardsTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/dev/flashvsr/deploy/inspect/cards");
    private static final Map<String, Requirement> CATALOGUE = Catalogue.load().byId();

    static List<String> texts() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".txt"))
                    .map(file -> file.substring(0, file.length() - ".txt".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void everyTextIsJudgedAsExpected(String name) throws IOException {
        Evidence evidence = PastedText.of(Files.readString(DIRECTORY.resolve(name + ".txt")))
                .evidence();
        List<String> wrong = new ArrayList<>();
        for (String line : Files.readAllLines(DIRECTORY.resolve(name + ".expected"))) {
            String[] words = line.split(" ", 3);
            Judgement judgement = Judged.by(CATALOGUE.get(words[0]), evidence);
            boolean right = judgement.verdict().toString().equals(words[1])
                    && (words.length < 3 || judgement.says().en().contains(words[2]))
                    && !judgement.says().ru().isBlank();
            if (!right) {
                wrong.add(line + "\n    but: " + judgement.verdict() + " "
                        + judgement.says().en());
            }
        }

        assertThat(wrong).isEmpty();
    }
}
