package dev.flashvsr.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmitterTest {
    @TempDir
    Path directory;

    @Test
    void theNameOfThisMachineNeedsNoResolver() throws Exception {
        Path kernel = Files.writeString(directory.resolve("hostname"), "laptop-that-nobody-resolves\n");

        assertThat(Submitter.hostName(kernel)).isEqualTo("laptop-that-nobody-resolves");
    }

    @Test
    void aMachineAlwaysHasSomeName() {
        assertThat(Submitter.hostName(directory.resolve("missing"))).isNotBlank();
        assertThat(Submitter.here().host()).isNotEqualTo("unknown");
    }
}
