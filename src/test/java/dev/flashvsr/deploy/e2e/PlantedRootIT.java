package dev.flashvsr.deploy.e2e;

import static dev.flashvsr.deploy.e2e.SmallBox.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flashvsr.deploy.process.LocalCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A box that others use, too: what one of them has planted where the root is to be is neither read nor run. */
class PlantedRootIT {
    @RegisterExtension
    static final SharedSshd SSHD = new SharedSshd();

    @TempDir
    Path directory;

    private SmallBox box;

    @BeforeEach
    void plant() throws Exception {
        box = SSHD.box(directory).playbook(step("one", ""));
        Path deploy =
                Files.createDirectories(box.root().resolve(".deploy/runs")).getParent();
        Files.writeString(deploy.resolve("box.json"), "{\"id\":\"" + "0".repeat(32) + "\"}\n");
        assumeTrue(
                LocalCommand.of("chown", "-R", "65534:65534", box.root().toString())
                        .run(Duration.ofSeconds(10))
                        .ok(),
                "to be two users takes root");
    }

    @Test
    void isRefusedByEveryCommandAndNothingOfItIsReadOrRun() throws Exception {
        for (String command : new String[] {"plan", "up", "status", "attach", "cancel", "clean"}) {
            box.program()
                    .run(command, box.target())
                    .exits(4)
                    .complains(box.root() + " belongs to nobody (uid 65534, mode 755)", "--set root=")
                    .hasNoTrace();
        }
        assertThat(box.root().resolve("ran")).doesNotExist();
        assertThat(box.root().resolve(".deploy/state")).doesNotExist();
    }

    @Test
    void isTrustedOnceItIsOurs() throws Exception {
        Shell.run("chown", "-R", "0:0", box.root().toString());

        box.program().run("up", box.target(), "--yes").exits(0);
        assertThat(box.root().resolve("ran")).exists();
    }
}
