package dev.flashvsr.deploy.e2e;

import static dev.flashvsr.deploy.e2e.SmallBox.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flashvsr.deploy.box.ssh.SshdFixture;
import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.process.LocalCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** This machine's own files on a disk of another machine, by a real sshfs: as good as here, and said so when it is gone. */
class NetworkStateIT {
    @RegisterExtension
    static final SharedSshd SSHD = new SharedSshd();

    /** The other machine. */
    @RegisterExtension
    static final SharedSshd FILES = new SharedSshd("Subsystem sftp internal-sftp");

    @TempDir
    Path directory;

    private SmallBox box;
    private Path there;
    private Path here;
    private Process share;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(
                LocalCommand.of("sh", "-c", "command -v sshfs && test -w /dev/fuse")
                        .run(Duration.ofSeconds(10))
                        .ok(),
                "there is no sshfs, or no /dev/fuse");
        there = Files.createDirectories(directory.resolve("there"));
        here = Files.createDirectories(directory.resolve("here"));
        mount();
        box = SSHD.box(directory).playbook(step("one", ""), step("two", "one", "wait_for go"));
    }

    @AfterEach
    void stop() throws Exception {
        if (share != null) {
            unmount();
        }
    }

    private void mount() throws IOException {
        SshdFixture files = FILES.server();
        files.settings(); // writes known_hosts
        share = new ProcessBuilder(
                        "sshfs",
                        "-f",
                        "-o",
                        "IdentityFile=" + files.directory().resolve("id") + ",UserKnownHostsFile="
                                + files.directory().resolve("known_hosts") + ",port=" + files.port(),
                        files.user() + "@127.0.0.1:" + there,
                        here.toString())
                .inheritIO()
                .start();
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(20))
                .until(() -> Files.readString(Path.of("/proc/self/mounts")).contains(here + " fuse.sshfs "));
    }

    private void unmount() throws InterruptedException {
        LocalCommand.of("umount", "-l", here.toString()).run(Duration.ofSeconds(10));
        share.destroyForcibly().waitFor();
    }

    private void signal(String name) {
        Shell.run("kill", "-" + name, Long.toString(share.pid()));
    }

    private Program program() {
        return box.program(here.resolve("known_hosts"))
                .with("--state-dir", here.resolve("state").toString(), "--accept-new-host-key");
    }

    @Test
    void aShareThatStandsStillForAWhileLosesNothing() throws Exception {
        try (RunningProgram up = program().start("up", box.target(), "--yes", "--plain")) {
            box.waitForStart("two");
            signal("STOP");
            box.open("go");
            assertThat(box.waitForEnd()).isEqualTo("ok");
            signal("CONT");
            up.end().exits(0).says("two: done").hasNoTrace();
        }
        program()
                .run("plan", box.target(), "--out", here.resolve("plan.json").toString())
                .exits(0);
        assertThat(Files.readString(there.resolve("known_hosts")))
                .contains("[127.0.0.1]:" + box.server().port());
        assertThat(there.resolve("plan.json")).isNotEmptyFile();
        assertThat(names(there)).doesNotContain(".part").contains("known_hosts.lock");
        assertThat(names(there.resolve("state/journal"))).doesNotContain(".probe");
        assertThat(journals()).allMatch(NetworkStateIT::isWhole);
    }

    @Test
    void aShareThatIsLostMeanwhileStopsNothingAndIsNamed() throws Exception {
        String gone = " (fuse.sshfs at " + here + ")";
        program().run("plan", box.target()).exits(0);
        try (RunningProgram up = program().start("up", box.target(), "--yes", "--plain")) {
            box.waitForStart("two");
            share.destroyForcibly().waitFor();
            box.open("go");
            up.end()
                    .exits(0)
                    .says("two: done")
                    .complains("can't be written any more: ", gone)
                    .hasNoTrace();
        }
        program()
                .run("up", box.target(), "--yes")
                .exits(1)
                .complains("The state directory can't be written: ", gone, "Nothing was done on the box")
                .hasNoTrace();
        unmount();
        mount();
        program().run("up", box.target(), "--yes", "--force", "one").exits(0).hasNoTrace();
        assertThat(journals()).allMatch(NetworkStateIT::isWhole);
    }

    private static String names(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> path.getFileName().toString())
                    .sorted()
                    .toList()
                    .toString();
        }
    }

    /** The lines of all journals, as the other machine has them. */
    private List<String> journals() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> journals = Files.list(there.resolve("state/journal"))) {
            for (Path journal : journals.toList()) {
                lines.addAll(Files.readAllLines(journal));
            }
        }
        return lines;
    }

    private static boolean isWhole(String line) {
        try {
            Json.parseObject(line);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
