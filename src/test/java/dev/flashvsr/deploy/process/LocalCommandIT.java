package dev.flashvsr.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashvsr.deploy.problem.DeployException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalCommandIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static LocalCommand sh(String text) {
        return LocalCommand.of("/bin/sh", "-c", text);
    }

    private static Duration time(Runnable task) {
        long begin = System.nanoTime();
        task.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void theResultHoldsStatusAndBothStreams() {
        LocalResult result = sh("echo out; echo err >&2; exit 3").run(LIMIT);
        assertThat(result).isEqualTo(new LocalResult(3, "out\n", "err\n", false));
        assertThat(result.ok()).isFalse();
    }

    @Test
    void argumentsArriveAsTheyAre() {
        assertThat(LocalCommand.of("printf", "<%s>", "", "a b", "\"q\"", "it's", "$x", "ü\n")
                        .run(LIMIT)
                        .output())
                .isEqualTo("<><a b><\"q\"><it's><$x><ü\n>");
    }

    @Test
    void theEnvironmentIsTheWholeOne(@TempDir Path directory) {
        LocalResult result = sh("echo $A${HOME-none}; pwd; cat")
                .withEnvironment(Map.of("A", "a", "PATH", "/usr/bin:/bin"))
                .in(directory)
                .withInput("given")
                .run(LIMIT);
        assertThat(result.output()).isEqualTo("anone\n" + directory + "\ngiven");
    }

    @Test
    void atTheLimitAllDescendantsEnd(@TempDir Path directory) throws Exception {
        Path pid = directory.resolve("pid");
        Duration took = time(() -> assertThat(sh("trap '' TERM; sh -c 'trap \"\" TERM; echo $$ >" + pid
                                + "; while :; do sleep 1; done' & wait")
                        .run(Duration.ofSeconds(2))
                        .timedOut())
                .isTrue());
        assertThat(took).isLessThan(Duration.ofSeconds(12));
        long descendant = Long.parseLong(Files.readString(pid).strip());
        org.awaitility.Awaitility.await()
                .until(() -> ProcessHandle.of(descendant)
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
    }

    @Test
    void aDaemonThatKeepsTheStreamsIsNotWaitedFor() {
        Duration took =
                time(() -> assertThat(sh("echo here; setsid sleep 25 & exit 4").run(LIMIT))
                        .isEqualTo(new LocalResult(4, "here\n", "", false)));
        assertThat(took).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void endlessOutputIsBounded() {
        LocalResult result = sh("while :; do echo yes; done").run(Duration.ofSeconds(2));
        assertThat(result.timedOut()).isTrue();
        assertThat(result.output()).hasSizeLessThanOrEqualTo(LocalRun.KEPT);
    }

    @Test
    void aMissingProgramIsSaid() {
        assertThatThrownBy(() -> LocalCommand.of("/no/such/program").run(LIMIT))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("/no/such/program");
        assertThatThrownBy(() -> LocalCommand.of("/no/such/program").start()).isInstanceOf(DeployException.class);
        assertThat(LocalCommand.find("sh")).isPresent();
        assertThat(LocalCommand.find("no-such-program-here")).isEmpty();
    }

    @Test
    void aStartedCommandIsSpokenWith() throws Exception {
        LocalProcess process = LocalCommand.of("cat").start();
        process.stdin().write('x');
        process.stdin().flush();
        assertThat(process.stdout().read()).isEqualTo('x');
        assertThat(process.await(Duration.ofMillis(50))).isEmpty();
        process.end();
        assertThat(process.await(LIMIT)).hasValue(143);
    }
}
