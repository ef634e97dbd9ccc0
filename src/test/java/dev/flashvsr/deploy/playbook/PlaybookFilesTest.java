package dev.flashvsr.deploy.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flashvsr.deploy.problem.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a playbook may name, where links are about. */
class PlaybookFilesTest {
    private static final String SCRIPT = "check() { true; }\napply() { true; }\n";

    @TempDir
    Path scratch;

    private Path directory;

    @BeforeEach
    void playbook() throws IOException {
        directory = Files.createDirectory(scratch.resolve("book"));
        Files.writeString(
                directory.resolve("playbook.yaml"), "version: 1\nname: x\nsteps:\n  - {id: a, script: link.sh}\n");
    }

    @Test
    void aLinkOutOfThePlaybooksDirectoryIsRefused() throws IOException {
        Files.createSymbolicLink(
                directory.resolve("link.sh"), Files.writeString(scratch.resolve("outside.sh"), SCRIPT));

        assertThatExceptionOfType(ProblemsException.class)
                .isThrownBy(() -> PlaybookLoader.load(directory))
                .withMessageContaining("\"link.sh\" leads out of the playbook's directory");
    }

    @Test
    void aLinkWithinThePlaybooksDirectoryIsFollowed() throws IOException {
        Files.writeString(directory.resolve("real.sh"), SCRIPT);
        Files.createSymbolicLink(directory.resolve("link.sh"), Path.of("real.sh"));

        assertThat(PlaybookLoader.load(directory).steps().get(0).script()).isEqualTo(SCRIPT);
    }

    @Test
    void aLinkToAHiddenFileIsRefused() throws IOException {
        Files.createDirectory(directory.resolve(".ssh"));
        Files.writeString(directory.resolve(".ssh/key"), SCRIPT);
        Files.createSymbolicLink(directory.resolve("link.sh"), Path.of(".ssh/key"));

        assertThatExceptionOfType(ProblemsException.class)
                .isThrownBy(() -> PlaybookLoader.load(directory))
                .withMessageContaining("playbook.yaml:4:21: \"link.sh\" leads to a hidden file");
    }

    @Test
    void aPlaybookInAHiddenDirectoryFindsItsFiles() throws IOException {
        Path hidden = Files.move(directory, scratch.resolve(".book"));
        Files.writeString(hidden.resolve("link.sh"), SCRIPT);

        assertThat(PlaybookLoader.load(hidden).steps()).hasSize(1);
    }

    @Test
    void aPlaybookThatIsReachedByALinkFindsItsFiles() throws IOException {
        Files.writeString(directory.resolve("link.sh"), SCRIPT);
        Path link = Files.createSymbolicLink(scratch.resolve("alias"), directory);

        assertThat(PlaybookLoader.load(link).steps()).hasSize(1);
    }
}
