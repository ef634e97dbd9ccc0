package dev.flashvsr.deploy.e2e;

import static dev.flashvsr.deploy.e2e.SmallBox.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.box.Login;
import dev.flashvsr.deploy.box.ssh.SshdFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Large files of steps lie on the box once, and reach their step as they are. */
class LargeFileIT {
    @RegisterExtension
    static final SharedSshd SSHD = new SharedSshd();

    @TempDir
    Path directory;

    private SmallBox box;

    @BeforeEach
    void box() throws Exception {
        box = SSHD.box(directory);
    }

    @Test
    void aLargeFileReachesItsStepAndIsSentOnce() throws Exception {
        byte[] large = new byte[5 << 20];
        new Random(1).nextBytes(large);
        box.playbook(step(
                "a",
                "",
                "cat \"$STEP_FILES/large.bin\" \"$STEP_FILES/small.txt\" >\"$root/got\"",
                "files: [large.bin, small.txt]",
                "makes: [got, ran, done/a]"));
        Files.write(directory.resolve("playbook/large.bin"), large);
        Files.writeString(directory.resolve("playbook/small.txt"), "small\n");
        Program program = box.program();
        program.run("up", box.target(), "--yes").exits(0);
        byte[] got = Files.readAllBytes(box.root().resolve("got"));
        assertThat(got).startsWith(large).endsWith("small\n".getBytes()).hasSize(large.length + 6);

        Path stored = onlyFile(box.deploy().resolve("files"));
        var first = Files.getLastModifiedTime(stored);
        program.run("up", box.target(), "--yes", "--force", "a").exits(0);
        assertThat(Files.getLastModifiedTime(onlyFile(box.deploy().resolve("files"))))
                .isEqualTo(first);

        Files.write(stored, new byte[5 << 20]);
        program.run("up", box.target(), "--yes", "--force", "a").exits(0);
        assertThat(box.root().resolve("got")).hasBinaryContent(got);

        program.run("clean", box.target(), "--yes").exits(0);
        assertThat(box.root()).as("the root that was made for the file").doesNotExist();
    }

    @Test
    void aServerThatOpensOneChannelOnlyGetsFilesAndRun() throws Exception {
        Path home = Files.createDirectory(directory.resolve("login"));
        try (SshdFixture narrow = SshdFixture.start(Login.of("/bin/bash", home), "MaxSessions 1")) {
            SmallBox one = SmallBox.of(directory, narrow);
            one.playbook(step(
                    "a",
                    "",
                    "cat \"$STEP_FILES/first.bin\" \"$STEP_FILES/second.bin\" >\"$root/got\"",
                    "files: [first.bin, second.bin]",
                    "makes: [got, ran, done/a]"));
            byte[] large = new byte[5 << 20];
            new Random(2).nextBytes(large);
            Files.write(directory.resolve("playbook/first.bin"), large);
            Files.write(directory.resolve("playbook/second.bin"), Arrays.copyOf(large, 2 << 20));
            one.program().run("up", one.target(), "--yes").exits(0);
            assertThat(Files.readAllBytes(one.root().resolve("got")))
                    .startsWith(large)
                    .hasSize(7 << 20);
            assertThat(one.ran()).containsExactly("a");
            assertThat(one.runs())
                    .as("nothing is left of a submit that got no channel")
                    .hasSize(1);
        }
    }

    private static Path onlyFile(Path directory) throws Exception {
        try (var files = Files.list(directory)) {
            return assertThat(files.toList()).hasSize(1).actual().get(0);
        }
    }
}
