package dev.flashvsr.deploy.e2e;

import static dev.flashvsr.deploy.e2e.SmallBox.step;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.box.Login;
import dev.flashvsr.deploy.box.ssh.SshdFixture;
import dev.flashvsr.deploy.problem.Words;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A box that means harm, against the whole program in a heap of 64 MB: it ends soon, in words, and shows nothing that a
 * terminal would obey.
 */
class HostileBoxIT {
    private static final Duration SOON = Duration.ofSeconds(100);

    /** What it is to do instead of our command, which is in {@code $SSH_ORIGINAL_COMMAND} and holds the mark of its answer. */
    private static final String INSTEAD = """
            #!/bin/bash
            cd '%s' || exit 1
            calls=$(($(cat calls 2>/dev/null || echo 0) + 1))
            echo "$calls" >calls
            mark=$(grep -oE '[0-9a-f]{32}' <<<"$SSH_ORIGINAL_COMMAND" | tail -n 1)
            begin() { printf '\\n%%s begin\\n' "$mark"; }
            end() { printf '%%s end 0\\n' "$mark"; }
            honest() { /bin/bash -c "$SSH_ORIGINAL_COMMAND"; }
            %s
            """;

    @TempDir
    Path login;

    @TempDir
    Path directory;

    private SshdFixture server;
    private SmallBox box;

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private SmallBox box(String instead, String... steps) throws Exception {
        Path script = directory.resolve("instead");
        Files.writeString(script, String.format(INSTEAD, directory, instead));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        server = SshdFixture.start(Login.of("/bin/bash", login), "ForceCommand " + script);
        return SmallBox.of(directory, server).playbook(steps.length > 0 ? steps : new String[] {step("one", "")});
    }

    private static Program small(Program program) {
        return program.environment("JAVA_TOOL_OPTIONS", "-Xmx64m -XX:+ExitOnOutOfMemoryError");
    }

    private static ProgramResult checked(ProgramResult result) {
        assertThat(result.err()).contains("-Xmx64m");
        assertThat(result.out() + result.err()).doesNotContain("java.lang.OutOfMemoryError", "heap space");
        return harmless(result.hasNoTrace());
    }

    private static ProgramResult harmless(ProgramResult result) {
        // With -v there are stack traces, whose lines begin with a tab.
        (result.out() + result.err())
                .replaceAll("(?m)^\t", "")
                .codePoints()
                .filter(c -> c != '\n' && !Words.isShown(c))
                .findFirst()
                .ifPresent(c -> {
                    throw new AssertionError(String.format("U+%04X is shown by %s", c, result.command()));
                });
        return result;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endless lines before our command    | 4 | prints without end | yes buy our GPUs",
                "an endless line before our command  | 4 | prints without end | cat /dev/zero",
                "an answer without end               | 1 | larger than 8 MiB  | begin; cat /dev/zero",
                "entries without end                 | 1 | larger than 8 MiB  | begin; sed 's/$/ 0\\n/' < <(seq 90000000)",
                "800,000 entries                     | 4 | 20000 entries      | begin; sed 's/$/ 0\\n/' < <(seq 800000); end",
                "one entry of 7 MB                   | 4 | names no directory | begin; echo root 7000000; head -c 7000000 /dev/zero; echo; end",
                "an entry larger than the answer     | 4 | not as agreed      | begin; echo root 9999999999; echo; end",
                "an entry that leads out             | 4 | not as agreed      | begin; printf '../../../x 1\\nx\\n'; end",
                "an entry with an absolute name      | 4 | not as agreed      | begin; printf '/tmp/x 1\\nx\\n'; end",
                "escapes in place of entries         | 4 | not as agreed      | begin; printf '\\033]0;title\\007\\033[2J\\n'; end",
                "escapes in place of our command     | 4 | It said            | printf '\\033]0;title\\007\\033[2J\\302\\2332J boo\\n'; exit 3",
                "escapes as an error                 | 1 | It said            | begin; printf '\\033[2J\\302\\2332J boo\\n' >&2; exit 3",
                "escapes as the root                 | 4 | names no directory | begin; printf 'root 7\\n/a\\033[2Jb\\n'; end",
                "a status that is none               | 1 | something ended    | begin; printf '%s end 99999999999\\n' \"$mark\""
            })
    void whateverItAnswers(String what, int exit, String words, String instead) throws Exception {
        box = box(instead);
        try (RunningProgram plan = small(box.program()).start("plan", box.target())) {
            checked(plan.end(SOON).exits(exit).complains(words));
        }
    }

    /** The third answer is the follower's: its frames are spoilt where the first of them ends. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat /dev/zero",
                "yes",
                "printf '%s . 0 64000\\n' \"$(head -n 1 frame | cut -d' ' -f1)\"; sleep 60",
                "head -n 1 frame | cut -d' ' -f1 | tr -d '\\n'; printf ' ../../x 0 999999\\n'; sleep 60"
            })
    void framesThatAreNoneAreALostLink(String spoilt) throws Exception {
        box = box(
                "if ((calls < 3)); then honest; exit; fi; honest | { for i in 1 2; do IFS= read -r line; echo \"$line\"; done;"
                        + " IFS= read -r line; echo \"$line\" >frame; " + spoilt + "; }",
                step("one", "", "wait_for go"));
        Program program = small(box.program());
        try (RunningProgram up = program.start("up", box.target(), "--yes", "--plain", "--reconnect-limit", "3s")) {
            checked(up.end(SOON).exits(6).says("link", "goes on"));
        } finally {
            box.open("go");
            box.waitForEnd();
        }
    }

    @Test
    void aStepThatPrintsWithoutMeasure() throws Exception {
        box = box(
                "honest",
                step(
                        "one",
                        "",
                        "head -c 60000000 /dev/zero | tr '\\0' x; echo; (yes 'line after line' || :) | head -n 100000;"
                                + " head -c 3000000 /dev/urandom"));
        for (String form : new String[] {"--plain", "--json"}) {
            Program program = small(box.program()).with("--force", "one");
            try (RunningProgram up = program.start("up", box.target(), "--yes", form)) {
                ProgramResult result = checked(up.end(SOON));
                assertThat(result.exit()).as(form).isZero();
                assertThat(result.lines()).hasSizeGreaterThan(100_000);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"all is well\n", "x", "\u001b[2J\r\n", "SSH-1"})
    void aHundredMegabytesBeforeItsVersion(String piece) throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread talker =
                    new Thread(() -> talk(listening, piece.repeat(10_000).getBytes(US_ASCII)));
            talker.setDaemon(true);
            talker.start();
            box = box("honest");
            String target = "root@127.0.0.1:" + listening.getLocalPort();
            try (RunningProgram plan = small(box.program()).start("plan", target)) {
                checked(plan.end(SOON).exits(3));
            }
        }
    }

    private static void talk(ServerSocket listening, byte[] words) {
        try (Socket socket = listening.accept()) {
            OutputStream out = socket.getOutputStream();
            for (long sent = 0; sent < 100_000_000; sent += words.length) {
                out.write(words);
            }
        } catch (IOException e) {
            // It was not listened to any longer: so it should be.
        }
    }

    /** The banner that an SSH server may send during a login, again and again. */
    @Test
    void bannersWithoutEndDuringTheLogin() throws Exception {
        try (SshServer endless = SshServer.setUpDefaultServer()) {
            endless.setHost("127.0.0.1");
            endless.setPort(0);
            endless.setKeyPairProvider(KeyPairProvider.wrap(KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256)));
            endless.setPublickeyAuthenticator((user, key, session) -> welcome(session));
            endless.start();
            box = box("honest");
            Path known = directory.resolve("known");
            Program program = box.program(known).with("--accept-new-host-key");
            try (RunningProgram plan = small(program).start("plan", "root@127.0.0.1:" + endless.getPort())) {
                checked(plan.end(SOON).exits(3).complains("more than 1 MiB before any login"));
            }
        }
    }

    private static boolean welcome(ServerSession session) {
        String text = "Welcome! ".repeat(3_000);
        try {
            for (long sent = 0; sent < 100_000_000; sent += text.length()) {
                Buffer banner = session.createBuffer(SshConstants.SSH_MSG_USERAUTH_BANNER);
                banner.putString(text);
                banner.putString("en");
                session.writePacket(banner);
            }
        } catch (IOException e) {
            return false; // it was not listened to any longer: so it should be
        }
        return true;
    }

    /** Always in time for the limit on silence, and never at an end. */
    @Tag("full")
    @Test
    void aVersionThatComesByteByByte() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread talker = new Thread(() -> whisper(listening));
            talker.setDaemon(true);
            talker.start();
            box = box("honest");
            String target = "root@127.0.0.1:" + listening.getLocalPort();
            try (RunningProgram plan = small(box.program()).start("plan", target)) {
                checked(plan.end(Duration.ofSeconds(200)).exits(3).complains("no login within 120 s"));
            }
        }
    }

    private static void whisper(ServerSocket listening) {
        try (Socket socket = listening.accept()) {
            for (int i = 0; i < 500; i++) {
                socket.getOutputStream().write(i % 10 == 9 ? '\n' : 'x');
                Thread.sleep(1000);
            }
        } catch (IOException e) {
            // As above.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Another key than the known one: the server sees no user name, no key and no command. */
    @Test
    void aChangedHostKeyStopsBeforeAnythingIsSent() throws Exception {
        box = box("honest");
        Path known = directory.resolve("known");
        Shell.run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                directory.resolve("other").toString());
        String[] key = Files.readString(directory.resolve("other.pub")).split(" ");
        Files.writeString(known, "[127.0.0.1]:" + server.port() + " " + key[0] + " " + key[1] + "\n");
        box.program(known)
                .environment("HF_TOKEN", "hf_canary0123456789")
                .run("up", box.target(), "--yes", "--accept-new-host-key")
                .exits(3)
                .hasNoTrace();
        assertThat(server.log())
                .doesNotContain(server.user(), "publickey", "Accepted")
                .contains("[preauth]");
        assertThat(directory.resolve("calls")).doesNotExist();
    }

    /** What lies on the box and what its steps and checks say, in all places where it is shown. */
    @Test
    void escapesInAllThatIsShown() throws Exception {
        Path banner = Files.writeString(directory.resolve("banner"), "\u001b]0;title\u0007 Welcome \u009b2J\n");
        String escapes = "printf '\\033]0;pwned\\007 \\033[2J\\302\\2332J \\342\\200\\256 \\r boo\\n'";
        Path tools = Files.createDirectories(login.resolve("bin"));
        Files.writeString(tools.resolve("nvidia-smi"), "#!/bin/sh\n" + escapes + "\n");
        tools.resolve("nvidia-smi").toFile().setExecutable(true);
        server = SshdFixture.start(
                Login.of("/bin/bash", login).with("PATH", tools + ":/usr/bin:/bin"), "Banner " + banner);
        box = SmallBox.of(directory, server)
                .playbook(step("one", "", escapes), step("two", "one", escapes + " >&2; " + escapes + "; exit 9"));
        Files.writeString(
                directory.resolve("playbook/lib.sh"),
                Files.readString(directory.resolve("playbook/lib.sh"))
                        + "finished() { [[ -e $root/done/$STEP_ID ]] || { " + escapes + "; " + escapes
                        + " >&2; return 1; }; }\n");
        Program program = box.program().with("-v");
        harmless(program.run("plan", box.target()).exits(0).says("boo"));
        harmless(program.run("plan", box.target(), "--json").exits(0));
        harmless(program.run("up", box.target(), "--yes", "--plain").exits(1).says("boo"));
        harmless(program.run("up", box.target(), "--yes", "--json").exits(1).says("boo"));
        // What another machine that means harm may have left there.
        String words = "\u001b[2J\u009b2J\u202e boo";
        for (Path run : box.runs()) {
            Files.writeString(run.resolve("end"), words + "\n");
            Files.writeString(run.resolve("secrets"), "A" + words + " 20 x y\n");
        }
        Files.writeString(
                box.deploy().resolve("holder"),
                Files.readString(box.deploy().resolve("holder")).replaceAll("(?m)^(who|from)=.*", "$1=" + words));
        Path attempt = box.runs().get(0).resolve("steps/two/1");
        for (String name : new String[] {"exit", "result", "before", "after", "fingerprint"}) {
            Files.writeString(attempt.resolve(name), words + "\n");
        }
        Files.writeString(box.deploy().resolve("checkpoints/one.json"), "{\"" + words + "\": 1}");
        harmless(program.run("status", box.target()).exits(0));
        harmless(program.run("status", box.target(), "--json").exits(0));
        harmless(program.run("plan", box.target()).exits(0));
        harmless(program.run("logs", box.target(), "two").exits(0).says("boo"));
        harmless(program.run("logs", box.target(), "two", "--json").exits(0).says("boo"));
        harmless(program.run("attach", box.target()));
        harmless(program.run("cancel", box.target()));
    }
}
