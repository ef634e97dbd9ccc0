package dev.flashvsr.deploy.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.probe.Probe;
import dev.flashvsr.deploy.inspect.probe.Probes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The box of a rehearsal as its clients see it: through OpenSSH's own client. */
class RehearsalBoxIT {
    @TempDir
    Path state;

    private RehearsalBox box;

    @BeforeEach
    void start() {
        box = RehearsalBox.start(state);
    }

    @AfterEach
    void stop() {
        box.close();
    }

    @Test
    void theKeyLogsInAndCommandsRunInTheBoxsOwnHome() throws Exception {
        Answer answer = ssh("pwd; echo $HOME; echo $TMPDIR; command -v apt-get", "");
        assertThat(answer.status()).isZero();
        assertThat(answer.out().lines().toList())
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).startsWith(state.resolve("box") + "/"));
    }

    @Test
    void stdinGoesInAndTheStatusComesOut() throws Exception {
        Answer answer = ssh("wc -c; exit 75", "x".repeat(300_000));
        assertThat(answer.out().strip()).isEqualTo("300000");
        assertThat(answer.status()).isEqualTo(75);
    }

    @Test
    void whatWasStartedGoesOnWhenTheServerEnds() throws Exception {
        Path go = state.resolve("go");
        Path done = state.resolve("done");
        ssh(
                "setsid bash -c 'until [[ -e " + go + " ]]; do sleep 0.1; done; : >" + done
                        + "' </dev/null >/dev/null 2>&1 &",
                "");
        box.close();
        Files.createFile(go);
        Awaitility.await().until(() -> Files.exists(done));
    }

    @Test
    void aSecondStartHasTheSamePortAndKeys() {
        int port = box.port();
        box.close();
        box = RehearsalBox.start(state);
        assertThat(box.port()).isEqualTo(port);
        assertThat(box.identity()).exists();
        assertThat(box.knownHosts()).content().contains("[127.0.0.1]:" + port);
    }

    @Test
    void everyStandInSaysWhatItIs() throws Exception {
        assertThat(box.standIns()).contains("apt-get", "dpkg", "nvidia-smi", "sudo");
        for (String name : Set.of("apt-get", "dpkg", "nvidia-smi")) {
            assertThat(ssh(name, "").out().lines().findFirst().orElse("")).contains("stand-in");
        }
        assertThat(ssh("nvidia-smi --query-gpu=name,compute_cap,memory.total --format=csv,noheader", "")
                        .out())
                .startsWith("NVIDIA A100-SXM4-80GB (stand-in), 8.0, 81920 MiB");
    }

    @Test
    void theStandInForCudasLibraryAnswersAnInspectionAndPassesOnAllElse() throws Exception {
        assertThat(box.standIns()).contains("libcuda.so.1", "ldconfig").doesNotContain("rehearsal-python");
        String asked = Probes.all().stream()
                .filter(probe -> probe.id().equals("gpu.driverapi"))
                .map(Probe::command)
                .findFirst()
                .orElseThrow();
        assertThat(ssh("bash -s", asked).out())
                .contains("init=0", "count=1", "name=NVIDIA A100-SXM4-80GB (stand-in)", "/libcuda.so.1");
        assertThat(ssh("python3 -I -u -", "print(6 * 7)").out()).isEqualTo("42\n");
        assertThat(ssh("ldconfig -p", "").out().lines().findFirst().orElse("")).contains("libcuda.so.1");
    }

    @Test
    void oneAttemptOfTheWantedStepFailsAndNothingElse() throws Exception {
        box.failAt(Optional.of("weights"));
        assertThat(move("STEP_ATTEMPT=1 STEP_ID=conda")).isEqualTo("0");
        assertThat(move("STEP_ID=weights")).as("a check").isEqualTo("0");
        assertThat(move("STEP_ATTEMPT=3 STEP_ID=weights")).isEqualTo("1");
        assertThat(move("STEP_ATTEMPT=3 STEP_ID=weights")).isEqualTo("1");
        assertThat(move("STEP_ATTEMPT=4 STEP_ID=weights")).isEqualTo("0");
        assertThat(move("STEP_ATTEMPT=3 STEP_ID=weights")).isEqualTo("0");
    }

    private String move(String environment) throws Exception {
        return ssh("touch a; " + environment + " mv a b 2>/dev/null; echo $?", "")
                .out()
                .strip();
    }

    @Test
    void whatIsForgottenIsGoneAndSoAreItsProcesses() throws Exception {
        ssh(
                "setsid env -i bash -c 'cd \"" + box.root()
                        + "\"; sleep 600 & echo $! >pid; wait' </dev/null >/dev/null 2>&1 &",
                "");
        Path pid = box.root().resolve("pid");
        Awaitility.await().until(() -> Files.exists(pid) && Files.size(pid) > 1);
        ProcessHandle sleeper =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
        Files.writeString(Files.createDirectories(state.resolve("cache/wheels")).resolve("built"), "by this box");
        box.close();
        Rehearsal.forget(state);
        assertThat(sleeper.isAlive()).isFalse();
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void nobodyElseMayRead() throws Exception {
        try (Stream<Path> files = Files.list(state.resolve("ssh"))) {
            assertThat(files.filter(file -> file.getFileName().toString().matches("id_ed25519|host_ecdsa")))
                    .hasSize(2)
                    .allSatisfy(file ->
                            assertThat(Files.getPosixFilePermissions(file)).hasSize(2));
        }
    }

    private record Answer(int status, String out) {}

    private Answer ssh(String command, String input) throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of("ssh", "-F", "none", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes"));
        words.addAll(List.of("-o", "UserKnownHostsFile=" + box.knownHosts(), "-o", "StrictHostKeyChecking=yes"));
        words.addAll(List.of("-i", box.identity().toString(), "-p", Integer.toString(box.port())));
        words.addAll(List.of(box.user() + "@" + box.host(), command));
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), out);
    }
}
