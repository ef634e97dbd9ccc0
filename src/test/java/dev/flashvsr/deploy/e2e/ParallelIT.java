package dev.flashvsr.deploy.e2e;

import static dev.flashvsr.deploy.e2e.SmallBox.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Steps that don't need each other overlap, unless they share a lock. */
class ParallelIT {
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
    void twelveStepsOfASecondWithoutNeedsTakeFarLessThanTwelve() throws Exception {
        box.playbook(steps(12, "sleep 1"));
        box.program().run("up", box.target(), "--yes").exits(0);
        assertThat(box.ran()).hasSize(12);
        assertThat(seconds()).isLessThan(8);
    }

    @Test
    void stepsThatShareALockRunOneAfterTheOther() throws Exception {
        box.playbook(steps(6, "mkdir \"$root/alone\"; sleep 0.3; rmdir \"$root/alone\"", "locks: [tools]"));
        box.program().run("up", box.target(), "--yes").exits(0);
        assertThat(box.ran()).hasSize(6).doesNotHaveDuplicates();
    }

    private static String[] steps(int count, String run, String... more) {
        return IntStream.range(0, count)
                .mapToObj(i -> step("step-" + (char) ('a' + i), "", run, more))
                .toArray(String[]::new);
    }

    /** From the first to the last line that the runner wrote, by the box's own clock. */
    private long seconds() throws IOException {
        var lines = Files.readAllLines(box.runs().get(0).resolve("events"));
        return epoch(lines.get(lines.size() - 1)) - epoch(lines.get(0));
    }

    private static long epoch(String line) {
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }
}
