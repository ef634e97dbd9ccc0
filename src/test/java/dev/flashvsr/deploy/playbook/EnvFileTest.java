package dev.flashvsr.deploy.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {
    @TempDir
    Path scratch;

    private Path here;
    private Path home;
    private List<Path> homes;

    @BeforeEach
    void directories() throws IOException {
        here = scratch.resolve("here");
        home = scratch.resolve("home");
        homes = List.of(here, home);
        Files.createDirectories(here);
        Files.createDirectories(home.resolve("env"));
    }

    @Test
    void withoutTheOptionThePlaybooksOwnFileIsTaken() throws IOException {
        assertThat(EnvFile.find(Optional.empty(), "flashvsr", homes)).isEmpty();

        Path file = Files.createFile(home.resolve("env/flashvsr.yaml"));

        assertThat(EnvFile.find(Optional.empty(), "flashvsr", homes)).contains(file);
    }

    @Test
    void aNameIsLookedForInTheWorkingDirectoryFirst() throws IOException {
        Files.createFile(home.resolve("env/test.yaml"));
        Path first =
                Files.createFile(Files.createDirectories(here.resolve("env")).resolve("test.yaml"));

        assertThat(EnvFile.find(Optional.of("test"), "flashvsr", homes)).contains(first);
    }

    @Test
    void aPathIsAFile() throws IOException {
        Path file = Files.createFile(here.resolve("mine.yaml"));

        assertThat(EnvFile.find(Optional.of("mine.yaml"), "flashvsr", homes)).contains(file);
        assertThat(EnvFile.find(Optional.of("./mine.yaml"), "flashvsr", homes).orElseThrow())
                .isRegularFile();
        assertThat(EnvFile.find(Optional.of(file.toString()), "flashvsr", homes))
                .contains(file);
    }

    @Test
    void aMissingFileIsWrongUsageWithTheNearestName() throws IOException {
        Files.createFile(home.resolve("env/flashvsr.yaml"));

        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> EnvFile.find(Optional.of("flashvrs"), "flashvsr", homes))
                .withMessage("There is no environment file " + here.resolve("env/flashvrs.yaml")
                        + " (did you mean \"flashvsr\"?).")
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> EnvFile.find(Optional.of("no/such.yaml"), "flashvsr", homes))
                .withMessage("There is no environment file " + here.resolve("no/such.yaml") + ".");
    }

    @Test
    void whatIsNoMapOfTextsIsRefusedWithItsPlace() throws IOException {
        Path file = Files.writeString(here.resolve("x.yaml"), "a: [1]\nb:\n");

        assertThatExceptionOfType(ProblemsException.class)
                .isThrownBy(() -> EnvFile.load(file))
                .withMessageContaining("x.yaml:1:4: \"a\" must be a text, not a list")
                .withMessageContaining("x.yaml:2:3: \"b\" has no value");
    }
}
