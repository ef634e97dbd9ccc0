package dev.flashvsr.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.process.LocalCommand;
import java.nio.file.Files;
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
                .says("block-sparse-attention", "smoke", "12 decided on the box", "Nothing has been changed.");
        program.run("plan", "--offline", "no-such-box.invalid", "--detailed-exitcode")
                .exits(10);
        assertThat(program.state()).doesNotExist();
    }

    @Test
    void theTargetsPriceAndVariablesCountThoughItIsNotConnectedTo() throws Exception {
        Files.createDirectories(home.resolve("env"));
        Files.writeString(home.resolve("env/boxes.yaml"), """
                boxes:
                  a1: {host: no-such-box.invalid, price: "1.50 USD/h", vars: {python_version: "3.11.9"}}
                """);
        Program program = Program.in(home);
        program.run("plan", "--offline", "a1").exits(0).says("at 1.50 USD/h");
        program.run("plan", "--offline", "a1", "--json").exits(0).says("\"python_version\": \"3.11.9\"");
        program.run("plan", "--offline", "root@a1:99999").exits(2).complains("99999");
    }

    @Test
    void aPlanThatCannotBeSavedLeavesNothingHalfWritten() throws Exception {
        Path out = Files.createDirectories(home.resolve("out"));
        Files.createFile(out.resolve("in the way"));
        Program.in(home)
                .run("plan", "--offline", "--out", out.toString())
                .exits(1)
                .complains("can't be written")
                .hasNoTrace();
        assertThat(home.resolve("out.part")).doesNotExist();
    }

    @Test
    void withoutOfflineATargetIsAskedFor() {
        Program.in(home).run("plan").exits(2).complains("No box was named", "--offline");
    }
}
