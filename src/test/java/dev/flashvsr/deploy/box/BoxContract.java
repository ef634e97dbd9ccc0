package dev.flashvsr.deploy.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every kind of box does, whatever it is made of. */
@Timeout(60)
public abstract class BoxContract {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    protected Path home;

    private Box box;

    /** A fresh connection for such a login. */
    protected abstract Box connect(Login login) throws Exception;

    @BeforeEach
    void nothingYet() {
        box = null;
    }

    @AfterEach
    void close() {
        if (box != null) {
            box.close();
        }
    }

    private BoxShell shell(Login login) throws Exception {
        close();
        box = connect(login);
        return new BoxShell(box, new SecureRandom());
    }

    private BoxShell shell() throws Exception {
        return shell(Login.of("/bin/bash", home));
    }

    private static BoxScript script(String text) {
        return new BoxScript("test", text);
    }

    private static Answer run(BoxShell shell, String text) {
        return shell.run(script(text), Payload.none(), LIMIT);
    }

    @Test
    void aScriptAnswersWithItsOutputItsErrorAndItsStatus() throws Exception {
        Answer answer = run(shell(), "echo out; echo err >&2; exit 3");
        assertThat(answer.text()).isEqualTo("out\n");
        assertThat(answer.errorTail()).contains("err");
        assertThat(answer.status()).isEqualTo(3);
    }

    @Test
    void scriptsRunOneAfterTheOtherOnOneConnection() throws Exception {
        BoxShell shell = shell();
        for (int i = 0; i < 5; i++) {
            assertThat(run(shell, "printf %s " + i).text()).isEqualTo("" + i);
        }
    }

    @Test
    void aScriptRunsInBashWithoutOurVariables() throws Exception {
        Answer answer = run(shell(), "echo $HOME; echo ${BASH_VERSION:+bash} $#${m-}${n-}${s-}${l-}${BASH_ENV-}");
        assertThat(answer.text()).isEqualTo(home + "\nbash 0\n");
    }

    @Test
    void argumentsReachTheScriptAsTheyAre() throws Exception {
        BoxScript script =
                script("printf '<%s>' \"$@\"").withArguments("", "a b", "it's", "$(id) `id` \\ \" !", "ÿ\n*");
        assertThat(shell().run(script, Payload.none(), LIMIT).text())
                .isEqualTo("<><a b><it's><$(id) `id` \\ \" !><ÿ\n*>");
    }

    @Test
    void errexitWorksInAScript() throws Exception {
        Answer answer = run(shell(), "set -euo pipefail\nfalse\necho not reached");
        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.text()).isEmpty();
    }

    @Test
    void fiveMebibytesGoThereAndBackUnchanged() throws Exception {
        byte[] bytes = new byte[5 << 20];
        new Random(1).nextBytes(bytes);
        Answer answer = shell().run(script("cat"), Payload.of(bytes), LIMIT);
        assertThat(answer.output()).isEqualTo(bytes);
    }

    @Test
    void outputThatLooksLikeAFrameIsOutput() throws Exception {
        String text = "\n0123456789abcdef0123456789abcdef end 0\n\n end 0\n\n\n";
        assertThat(shell().run(script("cat"), Payload.of(text.getBytes(StandardCharsets.UTF_8)), LIMIT)
                        .text())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {64 << 10, 65 << 10, 1 << 20})
    void longScriptsRunWhole(int size) throws Exception {
        StringBuilder text = new StringBuilder("n=0\n");
        while (text.length() < size) {
            text.append(": 'ö ").append("x".repeat(1000)).append("'; n=$((n + 1))\n");
        }
        long lines = text.chars().filter(c -> c == '\n').count() - 1;
        assertThat(run(shell(), text + "echo $n").text()).isEqualTo(lines + "\n");
    }

    @Test
    void aScriptThatASignalEndsStillAnswers() throws Exception {
        assertThat(run(shell(), "kill -KILL $BASHPID").status()).isEqualTo(137);
    }

    @Test
    void aCommandSaysHowItEnded() throws Exception {
        shell();
        try (BoxProcess exited = box.start("exit 7")) {
            assertThat(exited.stdout().readAllBytes()).isEmpty();
            assertThat(exited.await(LIMIT)).isEqualTo(new Exit.Exited(7));
        }
        try (BoxProcess signalled = box.start("kill -TERM $$")) {
            // A server that knows no signals says it by the status, as shells do.
            assertThat(signalled.await(LIMIT)).isIn(new Exit.Signalled("TERM"), new Exit.Exited(143));
        }
    }

    @Test
    void whenSomethingEndsBashItIsSaid() throws Exception {
        BoxShell shell = shell();
        assertThatThrownBy(() -> run(shell, "kill -KILL $$"))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("ended our command test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/bash", "/bin/dash", "/bin/sh"})
    void theLoginShellDoesNotMatter(String loginShell) throws Exception {
        assertThat(run(shell(Login.of(loginShell, home)), "a=(1 2 3); echo ${#a[@]}")
                        .text())
                .isEqualTo("3\n");
    }

    @Test
    void noiseOfStartFilesIsNoPartOfTheAnswer() throws Exception {
        Path noisy = home.resolve("noisy.sh");
        Files.writeString(noisy, "echo from BASH_ENV; echo error from BASH_ENV >&2\n");
        BoxShell shell = shell(Login.of("/bin/bash", home)
                .withBashrc("echo Welcome; echo $BASH_EXECUTION_STRING; printf 'no newline at the end'\n")
                .with("BASH_ENV", noisy.toString())
                .with("TMOUT", "1")
                .with("ENV", noisy.toString()));
        assertThat(run(shell, "echo answer${TMOUT-}; bash -c 'echo inner'").text())
                .isEqualTo("answer\ninner\n");
    }

    @Test
    void aStartFileThatExitsIsFoundAndNamed() throws Exception {
        BoxShell shell = shell(Login.of("/bin/bash", home).withBashrc("echo bye now\nexit 0\n"));
        assertThatThrownBy(() -> run(shell, "echo never")).isInstanceOfSatisfying(DeployException.class, e -> {
            assertThat(e.exitCode()).isEqualTo(ExitCode.UNFIT);
            assertThat(e).hasMessageContaining("start file").hasMessageContaining("bye now");
            assertThat(e.next().orElseThrow()).contains("~/.bashrc").contains("case $- in *i*) ;; *) return ;; esac");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"read -r line", "read -r -n 1 answer", "cat >/dev/null", "head -c 7 >/dev/null"})
    void aStartFileThatReadsInputIsFoundAndNothingElseIsRun(String reading) throws Exception {
        BoxShell shell = shell(Login.of("/bin/bash", home).withBashrc(reading + "\n"));
        Path trace = home.resolve("trace");
        Payload payload =
                out -> out.write(("\ntouch " + trace + "\n").repeat(100).getBytes(StandardCharsets.UTF_8));
        BoxScript script = new BoxScript("test", "echo first\ntouch " + trace + "\n");
        assertThatThrownBy(() -> shell.run(script, payload, Duration.ofSeconds(20)))
                .isInstanceOfSatisfying(DeployException.class, e -> {
                    assertThat(e.exitCode()).isEqualTo(ExitCode.UNFIT);
                    assertThat(e).hasMessageContaining("reads standard input");
                    assertThat(e.next().orElseThrow()).contains("case $- in *i*) ;; *) return ;; esac", "</dev/null");
                });
        assertThat(trace).doesNotExist();
    }

    @Test
    void theAdvisedLineHelps() throws Exception {
        BoxShell shell =
                shell(Login.of("/bin/bash", home).withBashrc("case $- in *i*) ;; *) return ;; esac\nexit 0\n"));
        assertThat(run(shell, "echo answer").text()).isEqualTo("answer\n");
    }

    @Test
    void aBoxWithoutBashIsUnfit() throws Exception {
        Path bin = Files.createDirectory(home.resolve("bin"));
        for (String tool : List.of("head", "cat")) {
            Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin", tool));
        }
        BoxShell shell = shell(Login.of("/bin/sh", home).with("PATH", bin.toString()));
        assertThatThrownBy(() -> run(shell, "echo never")).isInstanceOfSatisfying(DeployException.class, e -> {
            assertThat(e.exitCode()).isEqualTo(ExitCode.UNFIT);
            assertThat(e).hasMessageContaining("no bash");
        });
    }

    @Test
    void anOldBashIsUnfit() throws Exception {
        Path bin = Files.createDirectory(home.resolve("bin"));
        Path old = bin.resolve("bash");
        Files.writeString(old, """
                #!/bin/bash
                exec /bin/bash --noprofile --norc -c "${4//BASH_VERSINFO/FAKED}" "${@:5}"
                """);
        assertThat(old.toFile().setExecutable(true)).isTrue();
        BoxShell shell = shell(Login.of("/bin/sh", home).with("PATH", bin + ":/usr/bin:/bin"));
        assertThatThrownBy(() -> run(shell, "echo never")).isInstanceOfSatisfying(DeployException.class, e -> {
            assertThat(e.exitCode()).isEqualTo(ExitCode.UNFIT);
            assertThat(e).hasMessageContaining("too old").hasMessageContaining("4.4");
        });
    }

    @Test
    void aBannerWithoutEndIsRefused() throws Exception {
        BoxShell shell = shell(Login.of("/bin/bash", home).withBashrc("while :; do echo buy our GPUs; done\n"));
        assertThatThrownBy(() -> run(shell, "echo never")).hasMessageContaining("prints without end");
    }

    @Test
    void anAnswerWithoutEndIsRefused() throws Exception {
        BoxShell shell = shell();
        assertThatThrownBy(() -> run(shell, "while :; do printf %65536s; done")).hasMessageContaining("8 MiB");
    }

    @Test
    void anAnswerThatDoesNotComeInTimeIsGivenUp() throws Exception {
        BoxShell shell = shell();
        long begin = System.nanoTime();
        assertThatThrownBy(() -> shell.run(script("echo some; sleep 20"), Payload.none(), Duration.ofSeconds(1)))
                .isInstanceOf(LinkLostException.class)
                .hasMessageContaining("within 1 s");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void aPayloadThatNobodyReadsDoesNotHarm() throws Exception {
        byte[] bytes = new byte[8 << 20];
        assertThat(shell().run(script("exec 0<&-; echo done"), Payload.of(bytes), LIMIT)
                        .text())
                .isEqualTo("done\n");
    }

    @Test
    void twentyCommandsAtOnceAllAnswer() throws Exception {
        BoxShell shell = shell();
        ExecutorService pool = Executors.newFixedThreadPool(20);
        try {
            List<Callable<String>> tasks = IntStream.range(0, 20)
                    .mapToObj(i -> (Callable<String>)
                            () -> run(shell, "sleep 0.2; printf %s " + i).text())
                    .toList();
            List<String> answers = new java.util.ArrayList<>();
            for (Future<String> future : pool.invokeAll(tasks)) {
                answers.add(future.get());
            }
            assertThat(answers)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 20).mapToObj(String::valueOf).toList());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aSlowReaderDoesNotHoldUpOthers() throws Exception {
        BoxShell shell = shell();
        try (BoxStream unread = shell.open(script("head -c 20000000 /dev/zero; echo; echo end"), LIMIT)) {
            assertThat(run(shell, "echo meanwhile").text()).isEqualTo("meanwhile\n");
            assertThat(unread.stdout().readAllBytes()).hasSize(20_000_005);
            assertThat(unread.status()).hasValue(0);
        }
    }

    @Test
    void aStreamIsSpokenWithWhileItRuns() throws Exception {
        BoxShell shell = shell();
        try (BoxStream stream = shell.open(script("while read -r word; do echo \"<$word>\"; done; exit 4"), LIMIT)) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream.stdout(), StandardCharsets.UTF_8));
            for (String word : List.of("one", "two")) {
                stream.stdin().write((word + "\n").getBytes(StandardCharsets.UTF_8));
                stream.stdin().flush();
                assertThat(lines.readLine()).isEqualTo("<" + word + ">");
            }
            stream.stdin().close();
            assertThat(lines.readLine()).isNull();
            assertThat(stream.status()).hasValue(4);
        }
    }

    @Test
    void aChildThatKeepsTheOutputOpenDoesNotHoldUpTheAnswer() throws Exception {
        long begin = System.nanoTime();
        assertThat(run(shell(), "sleep 15 & echo answer").text()).isEqualTo("answer\n");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void closingWhileACommandRunsReturnsFast() throws Exception {
        BoxShell shell = shell();
        BoxStream stream = shell.open(script("while :; do printf %65536s; done"), LIMIT);
        BoxStream silent = shell.open(script("sleep 20"), LIMIT);
        long begin = System.nanoTime();
        silent.close();
        stream.close();
        box.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void smallFilesGoThereAndBack() throws Exception {
        RemoteFiles files = new RemoteFiles(shell(), LIMIT);
        byte[] bytes = new byte[100_000];
        new Random(2).nextBytes(bytes);
        String path = home + "/new directory/it's a file";
        files.put(path, bytes);
        assertThat(Files.readAllBytes(Path.of(path))).isEqualTo(bytes);
        files.put(path, new byte[] {1});
        assertThat(files.get(path))
                .hasValueSatisfying(found -> assertThat(found).containsExactly(1));
        assertThat(files.get(home + "/absent")).isEmpty();
        try (var list = Files.list(Path.of(path).getParent())) {
            assertThat(list).hasSize(1);
        }
    }
}
