package dev.flashvsr.deploy.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
    @TempDir
    Path directory;

    @Test
    void theFileIsReplacedAndNothingLiesBesideIt() throws IOException {
        Path file = directory.resolve("отчёт.html");
        ReportFile.write(file, "old, and longer", "--html");
        ReportFile.write(file, "новый", "--html");
        assertThat(file).hasContent("новый");
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all).containsExactly(file);
        }
    }

    /** A name that others may have foretold is not written to. */
    @Test
    void aPreparedPartFileIsLeftAlone() throws IOException {
        Path victim = Files.writeString(directory.resolve("victim"), "precious");
        Path file = directory.resolve("plan.json");
        Files.createSymbolicLink(directory.resolve("plan.json.part"), victim);
        ReportFile.writePrivate(file, "new", "--out");
        assertThat(victim).hasContent("precious");
        assertThat(file).hasContent("new");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        ReportFile.write(link, "new", "--html");
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }

    @Test
    void whatCannotBeWrittenIsSeenBeforehandAndNothingIsMade() throws IOException {
        Path file = directory.resolve("r.html");
        ReportFile.check(file, "--html");

        assertThat(file).doesNotExist();
        assertThatThrownBy(() -> ReportFile.check(directory.resolve("no/r.md"), "--markdown"))
                .isInstanceOfSatisfying(
                        DeployException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED))
                .hasMessageContaining("there is no such directory");
        assertThatThrownBy(() -> ReportFile.check(directory, "--html")).hasMessageContaining("it is a directory");
    }

    @Test
    void whatCannotBeWrittenIsSaidWithTheOption() {
        assertThatThrownBy(() -> ReportFile.write(directory.resolve("no/such/r.md"), "x", "--markdown"))
                .isInstanceOfSatisfying(DeployException.class, e -> {
                    assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED);
                    assertThat(e).hasMessageContaining("no/such/r.md can't be written: there is no such directory.");
                    assertThat(e.next())
                            .hasValueSatisfying(next -> assertThat(next).contains("--markdown"));
                });
        assertThatThrownBy(() -> ReportFile.write(directory, "x", "--html")).hasMessageContaining("it is a directory");
    }
}
