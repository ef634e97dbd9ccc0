package dev.flashvsr.deploy.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What lies in {@code playbooks/} holds, with its environment in {@code env/}. */
class ShippedPlaybooksTest {
    private static final Path HERE = Path.of("");

    @ParameterizedTest
    @MethodSource("playbooks")
    void holds(Path file) {
        Playbook playbook = PlaybookLoader.load(file);
        List<Setting> environment = EnvFile.find(Optional.empty(), playbook.name(), List.of(HERE))
                .map(EnvFile::load)
                .orElse(List.of());

        assertThatCode(() -> Variables.resolve(playbook, environment, List.of(), List.of()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("playbooks")
    void everyVariableIsAnInputOfSomeStep(Path file) {
        Playbook playbook = PlaybookLoader.load(file);

        assertThat(playbook.steps().stream().flatMap(step -> step.inputs().stream()))
                .containsAll(playbook.variables().keySet().stream()
                        .filter(name -> !name.equals("root"))
                        .toList());
    }

    static Stream<Path> playbooks() throws IOException {
        return PlaybookSchemaTest.rightPlaybooks().filter(file -> file.startsWith("playbooks"));
    }
}
