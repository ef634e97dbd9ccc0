package dev.flashvsr.deploy.e2e;

import static dev.flashvsr.deploy.e2e.SmallBox.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.process.LocalCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A disk of this machine that is full, or can't be written: said in words, and nothing that was there is spoilt. */
class LocalFaultsIT {
    @RegisterExtension
    static final SharedSshd SSHD = new SharedSshd();

    @TempDir
    Path directory;

    private SmallBox box;
    private Path disk;

    @BeforeEach
    void start() throws Exception {
        disk = Files.createDirectories(directory.resolve("disk"));
        assumeTrue(
                LocalCommand.of("mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", disk.toString())
                        .run(Duration.ofSeconds(10))
                        .ok(),
                "to mount a small disk takes root");
        box = SSHD.box(directory).playbook(step("one", ""), step("two", "one", "wait_for go"), step("three", ""));
    }

    @AfterEach
    void unmount() {
        if (box != null) {
            Shell.run("umount", "-l", disk.toString());
        }
    }

    private void fill() {
        LocalCommand.of("dd", "if=/dev/zero", "of=" + disk.resolve("filler"), "bs=1k")
                .run(Duration.ofSeconds(10));
    }

    private void readOnly(boolean is) {
        Shell.run("mount", "-o", is ? "remount,ro" : "remount,rw", disk.toString());
    }

    @Test
    void aStateDirectoryThatFillsUpMeanwhileStopsNothing() throws Exception {
        Program program = box.program().with("--state-dir", disk.toString());
        try (RunningProgram up = program.start("up", box.target(), "--yes", "--plain")) {
            box.waitForStart("two");
            fill();
            // What the journal has room for in its last block is used up by more than that.
            box.open("go");
            up.end().exits(0).says("two: done").hasNoTrace();
        }
        assertThat(box.waitForEnd()).isEqualTo("ok");
        program.run("up", box.target(), "--yes")
                .exits(1)
                .complains("The state directory can't be written: " + disk, "Nothing was done on the box");
        Files.delete(disk.resolve("filler"));
        program.run("up", box.target(), "--yes", "--force", "one").exits(0).hasNoTrace();
        assertThat(journalLinesThatAreBroken())
                .as("one line at most was cut off")
                .isLessThan(2);
    }

    @Test
    void aStateDirectoryThatBecomesReadOnlyMeanwhileStopsNothing() throws Exception {
        Program program = box.program().with("--state-dir", disk.toString());
        try (RunningProgram up = program.start("up", box.target(), "--yes", "--plain")) {
            box.waitForStart("two");
            // With a file open for writing the kernel refuses that for the mount; a new one over it hides the
            // directory.
            Shell.run("mount", "-t", "tmpfs", "-o", "ro,size=16k", "tmpfs", disk.toString());
            box.open("go");
            up.end().exits(0).says("two: done").hasNoTrace();
        }
        program.run("up", box.target(), "--yes")
                .exits(1)
                .complains("The state directory can't be written: " + disk, "Nothing was done on the box")
                .hasNoTrace();
        Shell.run("umount", disk.toString());
        program.run("up", box.target(), "--yes").exits(0);
        assertThat(journalLinesThatAreBroken()).isZero();
    }

    @Test
    void aHostKeyThatCannotBeNotedIsSaidAndThoseThatWereThereStay() throws Exception {
        String before =
                "other.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n";
        Path known = Files.writeString(disk.resolve("known_hosts"), before.repeat(300));
        Program program = box.program(known).with("--accept-new-host-key");
        fill();
        program.run("plan", box.target())
                .exits(1)
                .complains("Can't write the file of known host keys " + known)
                .hasNoTrace();
        assertThat(known).hasContent(before.repeat(300));
        assertThat(names()).containsOnly("filler", "known_hosts", "known_hosts.lock");
        Files.delete(disk.resolve("filler"));
        readOnly(true);
        program.run("plan", box.target())
                .exits(1)
                .complains("Can't write the file of known host keys " + known)
                .hasNoTrace();
        readOnly(false);
        program.run("plan", box.target()).exits(0);
        assertThat(Files.readString(known))
                .startsWith(before.repeat(300))
                .contains("[127.0.0.1]:" + box.server().port());
    }

    @Test
    void aPlanThatCannotBeSavedLeavesTheOldOne() throws Exception {
        Path saved = disk.resolve("plan.json");
        box.program().run("plan", box.target(), "--out", saved.toString()).exits(0);
        String before = Files.readString(saved);
        fill();
        box.program()
                .run("plan", box.target(), "--force", "one", "--out", saved.toString())
                .exits(1)
                .complains(saved + " can't be written: ")
                .hasNoTrace();
        assertThat(saved).hasContent(before);
        assertThat(names()).containsOnly("filler", "plan.json");
    }

    private String[] names() throws IOException {
        try (Stream<Path> all = Files.list(disk)) {
            return all.map(path -> path.getFileName().toString()).toArray(String[]::new);
        }
    }

    private long journalLinesThatAreBroken() throws IOException {
        long broken = 0;
        try (Stream<Path> journals = Files.list(disk.resolve("journal"))) {
            for (Path journal : journals.toList()) {
                for (String line : Files.readAllLines(journal, StandardCharsets.ISO_8859_1)) {
                    try {
                        Json.parseObject(line);
                    } catch (RuntimeException e) {
                        broken++;
                    }
                }
            }
        }
        return broken;
    }
}
