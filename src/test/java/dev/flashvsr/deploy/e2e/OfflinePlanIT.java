package dev.flashvsr.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.process.LocalCommand;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan of the shipped playbook, made without a box. */
class OfflinePlanIT {
    @TempDir
    Path home;

    @Test
    void aPlanNeedsNoTargetAndNoNetwork() {
        Program program = Program.in(home);
        if (LocalCommand.of("unshare", "-n", "true").run(Duration.ofSeconds(10)).ok()) {
            program = program.under("unshare", "-n");
        }
        program.run("plan", "--offline")
                .exits(0)
                .says("block-sparse-attention", "smoke", "10 decided on the box", "Nothing has been changed.");
        program.run("plan", "--offline", "no-such-box.invalid", "--detailed-exitcode")
                .exits(10);
        assertThat(program.state()).doesNotExist();
    }

    @Test
    void withoutOfflineATargetIsAskedFor() {
        Program.in(home).run("plan").exits(2).complains("No box was named", "--offline");
    }
}
