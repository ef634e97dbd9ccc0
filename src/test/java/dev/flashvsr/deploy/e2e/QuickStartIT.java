package dev.flashvsr.deploy.e2e;

import static dev.flashvsr.deploy.e2e.SmallBox.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What takes long to load is not loaded where nothing is done with it. */
class QuickStartIT {
    @RegisterExtension
    static final SharedSshd SSHD = new SharedSshd();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"--version", "--help"})
    void whatIsKnownWithoutABoxLoadsNeitherLoggingNorSsh(String word) throws IOException {
        Program program = noting(Program.in(directory));

        program.run(word).exits(0);

        assertThat(loaded()).contains("picocli.CommandLine").doesNotContain("ch.qos.logback", "com.jcraft.jsch");
    }

    /** It would take as long as the way to a box on this machine. */
    @Test
    void onTheWayToABoxLoggingIsNotLoadedWhileThereIsNothingToLog() throws Exception {
        SmallBox box = SSHD.box(directory).playbook(step("one", ""));
        box.program().run("up", box.target(), "--yes").exits(0);

        noting(box.program()).run("up", box.target(), "--yes").exits(0);

        assertThat(loaded()).contains("com.jcraft.jsch.Session").doesNotContain("ch.qos.logback");
    }

    private Program noting(Program program) {
        return program.environment("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + directory.resolve("loaded"));
    }

    private String loaded() throws IOException {
        return Files.readString(directory.resolve("loaded"));
    }
}
