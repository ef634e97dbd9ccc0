package dev.flashvsr.deploy.e2e;

import static dev.flashvsr.deploy.e2e.SmallBox.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flashvsr.deploy.box.Login;
import dev.flashvsr.deploy.box.ssh.SshdFixture;
import dev.flashvsr.deploy.process.LocalCommand;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What can be wrong before anything is done: the exit code and the words of each, and nothing written on the box. */
class BadInputIT {
    @RegisterExtension
    static final SharedSshd SSHD = new SharedSshd();

    @TempDir
    Path directory;

    private SmallBox box;

    @BeforeEach
    void oneStep() throws IOException {
        box = SSHD.box(directory).playbook(step("one", ""));
    }

    @AfterEach
    void nothingWasWrittenOnTheBox() throws IOException {
        assertThat(box.root()).doesNotExist();
        try (var files = Files.list(SSHD.home())) {
            assertThat(files).isEmpty();
        }
    }

    /** With {@code up}, which would change most, and the usual options. */
    private ProgramResult up(String target, String... words) throws IOException {
        return box.program().with("--yes").with(words).run("up", target).hasNoTrace();
    }

    @Test
    void aTargetOfNoFormIsWrongUsage() throws Exception {
        up("root@127.0.0.1:99999").exits(2).complains("99999");
        up("root@:22").exits(2);
        up("").exits(2);
    }

    @Test
    void anOptionThatIsNotThereIsWrongUsage() throws Exception {
        up(box.target(), "--onyl", "one").exits(2).complains("--only", "--help");
        Program.in(directory.resolve("home"))
                .run("upp")
                .exits(2)
                .complains("up")
                .hasNoTrace();
    }

    @Test
    void aClosedPortIsUnreachable() throws Exception {
        up(closed()).exits(3).complains("refuses the connection", "Check the port");
    }

    @Test
    void aMisspeltStepIsToldWithoutABox() throws Exception {
        up(closed(), "--only", "oen").exits(2).complains("--only \"oen\"", "did you mean \"one\"?");
    }

    /** A target where nothing listens. */
    private static String closed() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return "root@127.0.0.1:" + socket.getLocalPort();
        }
    }

    @Test
    void aMisspeltNameOfTheInventoryIsToldTheNearestOne() throws Exception {
        Files.createDirectories(directory.resolve("home/env"));
        Files.writeString(directory.resolve("home/env/boxes.yaml"), "boxes:\n  gpu-one.invalid: {host: 192.0.2.1}\n");
        up("gpu-oen.invalid")
                .exits(3)
                .complains("There is no host by the name gpu-oen.invalid", "Did you mean \"gpu-one.invalid\"");
    }

    @Test
    void aServerThatIsNotSshIsUnreachable() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            Thread answer = new Thread(() -> {
                try (var client = socket.accept()) {
                    client.getOutputStream().write("HTTP/1.0 400 Bad Request\r\n\r\n".getBytes());
                } catch (IOException e) {
                    // The test is over.
                }
            });
            answer.start();
            up("root@127.0.0.1:" + socket.getLocalPort()).exits(3).complains("port");
            answer.join(5000);
        }
    }

    @Test
    void aWrongKeyIsRefused() throws Exception {
        Path stranger = directory.resolve("stranger");
        Shell.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", stranger.toString());
        strange(stranger)
                .run("up", box.target(), "--yes")
                .exits(3)
                .complains("refuses the login of " + box.server().user(), stranger.toString(), "--identity FILE")
                .hasNoTrace();
    }

    @Test
    void anIdentityFileThatCannotBeUsedIsNamed() throws Exception {
        strange(directory.resolve("none"))
                .run("up", box.target(), "--yes")
                .exits(3)
                .complains(directory.resolve("none") + " can't be used: it does not exist")
                .hasNoTrace();
        strange(directory)
                .run("up", box.target(), "--yes")
                .exits(3)
                .complains(directory + " can't be used: it can't be read")
                .hasNoTrace();
        Path text = Files.writeString(directory.resolve("text"), "not a key\n");
        strange(text)
                .run("up", box.target(), "--yes")
                .exits(3)
                .complains(text + " can't be used: it holds no private key")
                .hasNoTrace();
    }

    private Program strange(Path identity) throws IOException {
        box.server().settings();
        return Program.in(directory.resolve("home"))
                .with("--playbook", box.playbookFile())
                .with("--identity", identity.toString())
                .with(
                        "--known-hosts",
                        box.server().directory().resolve("known_hosts").toString());
    }

    @Test
    void anUnknownHostKeyIsShownAndStops() throws Exception {
        Path known = directory.resolve("known");
        Program program = box.program(known);
        program.run("up", box.target(), "--yes")
                .exits(3)
                .complains(box.server().fingerprint(), "--accept-new-host-key")
                .hasNoTrace();
        assertThat(known).doesNotExist();
        program.run("plan", box.target(), "--accept-new-host-key").exits(0);
        program.run("plan", box.target()).exits(0);
    }

    @Test
    void aChangedHostKeyStopsAlsoWhereNewOnesAreAccepted() throws Exception {
        Path other = directory.resolve("other");
        Shell.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", other.toString());
        String[] key = Files.readString(directory.resolve("other.pub")).split(" ");
        Path known = Files.writeString(
                directory.resolve("known"), "[127.0.0.1]:" + box.server().port() + " " + key[0] + " " + key[1] + "\n");
        box.program(known)
                .run("up", box.target(), "--yes", "--accept-new-host-key")
                .exits(3)
                .complains(box.server().fingerprint(), "changed", "--host-key")
                .hasNoTrace();
    }

    @Test
    void aMissingPlaybookIsNamed() throws Exception {
        Path none = directory.resolve("none");
        Program.in(directory.resolve("home"))
                .with(SmallBox.login(box.server()))
                .run("up", box.target(), "--yes", "--playbook", none.toString())
                .exits(2)
                .complains(none.toString())
                .hasNoTrace();
    }

    @Test
    void brokenYamlIsShownWithFileLineAndColumn() throws Exception {
        Path file = directory.resolve("playbook/playbook.yaml");
        Files.writeString(file, Files.readString(file).replace("    needs: []", "    needs: [one"));
        up(box.target()).exits(2).complains(file + ":");
        assertThat(up(box.target()).err()).containsPattern("playbook\\.yaml:[0-9]+:[0-9]+");
        Files.writeString(file, Files.readString(file).replace("    needs: [one", "    neds: []"));
        up(box.target()).exits(2).complains(file + ":11:5", "neds", "needs", "^");
    }

    /** A playbook that was saved there would reach all that is the user's own. */
    @Test
    void aPlaybookInTheHomeDirectoryTakesNoFilesFromThere() throws Exception {
        Path home = Files.createDirectories(directory.resolve("home"));
        Files.createDirectories(home.resolve(".ssh"));
        Files.writeString(home.resolve(".ssh/id_ed25519"), "key");
        Files.writeString(home.resolve("passport.txt"), "1");
        Path file = Files.writeString(home.resolve("p.yaml"), """
                version: 1
                name: saved
                steps:
                  - {id: a, check: 'true', run: 'true', files: [.ssh/id_ed25519, passport.txt]}
                """);
        Program.in(home)
                .run("plan", "--offline", "--playbook", file.toString())
                .exits(2)
                .complains(
                        file + ":4:49: \".ssh/id_ed25519\" is hidden",
                        file + ":4:66: \"passport.txt\" can't be taken from your home directory");
    }

    /** Words that reorder what a person agrees to. */
    @Test
    void whatIsNotSeenReachesNoScreen() throws Exception {
        Path file = directory.resolve("playbook/playbook.yaml");
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("title: .*", "title: \"safe \\u202Eevil\\u2066 \\u200f\\u061cend\""));
        for (String option : new String[] {"--plain", "--json"}) {
            ProgramResult plan = box.program().run("plan", box.target(), option).exits(0);
            assertThat(plan.toString()).contains("evil").doesNotContain("\u202e", "\u2066", "\u200f", "\u061c");
        }
    }

    /** Anybody may have edited it: such a root kept the box busy for ever. */
    @Test
    void aSavedPlanIsHeldToWhatAPlaybookIsHeldTo() throws Exception {
        Path saved = directory.resolve("saved.json");
        box.program().run("plan", box.target(), "--out", saved.toString()).exits(0);
        String text = Files.readString(saved);
        for (String root : new String[] {"relative/x", "~root/x", ""}) {
            Files.writeString(saved, text.replace("\"root\": \"" + box.root() + "\"", "\"root\": \"" + root + "\""));
            up(box.target(), "--plan", saved.toString())
                    .exits(2)
                    .complains(saved + ":4:3: \"root\" must be an absolute path");
        }
    }

    @Test
    void anUndefinedVariableIsNamed() throws Exception {
        up(box.target(), "--set", "color=blue").exits(2).complains("--set color", "\"colour\"");
        up(box.target(), "--set", "colour").exits(2).complains("NAME=VALUE");
        up(box.target(), "--set", "HF_TOKEN=canary").exits(2).complains("is a secret");
        Path env = Files.writeString(directory.resolve("env.yaml"), "color: blue\n");
        up(box.target(), "--env", env.toString()).exits(2).complains(env + ":1:1", "\"colour\"");
    }

    @Test
    void aStateDirectoryThatCannotBeWrittenIsFoundBeforeTheBoxIsTouched() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        up(box.target(), "--state-dir", file.toString())
                .exits(1)
                .complains(
                        "The state directory can't be written: " + file, "Nothing was done on the box", "--state-dir");
    }

    @Test
    void aFullStateDirectoryIsFoundBeforeTheBoxIsTouched() throws Exception {
        Path full = Files.createDirectories(directory.resolve("full"));
        assumeTrue(
                LocalCommand.of("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", full.toString())
                        .run(Duration.ofSeconds(10))
                        .ok(),
                "to mount a small disk takes root");
        try {
            up(box.target(), "--state-dir", full.toString())
                    .exits(1)
                    .complains("The state directory can't be written: " + full, "Nothing was done on the box");
            Shell.run("mount", "-o", "remount,ro", full.toString());
            up(box.target(), "--state-dir", full.toString())
                    .exits(1)
                    .complains("The state directory can't be written: " + full);
        } finally {
            Shell.run("umount", full.toString());
        }
    }

    @Test
    void withoutATerminalAndWithoutYesNothingIsChanged() throws Exception {
        box.program()
                .run("up", box.target())
                .exits(2)
                .says("one", "Nothing has been changed.")
                .complains("Nothing was changed", "--yes")
                .hasNoTrace();
    }

    @Test
    void aBoxWithoutBashCannotBeUsed() throws Exception {
        Path bare = Files.createDirectories(directory.resolve("bare"));
        try (SshdFixture poor =
                SshdFixture.start(Login.of("/bin/bash", SSHD.home()).with("PATH", bare.toString()))) {
            elsewhere(poor).exits(4).complains("There is no bash on", "apt-get install bash");
        }
    }

    @Test
    void aStartFileThatEndsTheShellIsNamed() throws Exception {
        Path home = Files.createDirectories(directory.resolve("login"));
        Login exits = Login.of("/bin/bash", home).withBashrc("echo no commands here\nexit 7\n");
        try (SshdFixture short_ = SshdFixture.start(exits)) {
            elsewhere(short_).exits(4).complains("status 7", "no commands here", "~/.bashrc", "case $- in");
        }
    }

    private ProgramResult elsewhere(SshdFixture other) throws IOException {
        return Program.in(directory.resolve("home"))
                .with(SmallBox.login(other))
                .with("--playbook", box.playbookFile())
                .run("up", SmallBox.target(other), "--yes")
                .hasNoTrace();
    }
}
