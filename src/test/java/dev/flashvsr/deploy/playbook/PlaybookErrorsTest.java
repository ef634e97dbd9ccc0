package dev.flashvsr.deploy.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One playbook for each thing that can be wrong, {@code NAME.yaml}, with the exact message in {@code NAME.txt}. */
class PlaybookErrorsTest {
    static final Path ERRORS = Path.of("src/test/resources/dev/flashvsr/deploy/playbook/errors");

    @ParameterizedTest
    @MethodSource("playbooks")
    void saysWhatIsWrongAndWhere(String name) throws IOException {
        ProblemsException refused = catchThrowableOfType(
                ProblemsException.class, () -> PlaybookLoader.load(ERRORS.resolve(name + ".yaml")));

        assertThat(refused).as(name + " is refused").isNotNull();
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.getMessage().replace(ERRORS + "/", "") + "\n")
                .isEqualTo(Files.readString(ERRORS.resolve(name + ".txt")));
    }

    static List<String> playbooks() throws IOException {
        try (Stream<Path> files = Files.list(ERRORS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".yaml"))
                    .map(file -> file.substring(0, file.length() - ".yaml".length()))
                    .sorted()
                    .toList();
        }
    }
}
