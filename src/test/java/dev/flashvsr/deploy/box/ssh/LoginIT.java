package dev.flashvsr.deploy.box.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flashvsr.deploy.box.BoxScript;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.Login;
import dev.flashvsr.deploy.box.Payload;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.process.LocalCommand;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, by which key, and what is said when it fails. */
@Timeout(60)
class LoginIT {
    @TempDir
    Path home;

    private SshdFixture server;

    @BeforeEach
    void start() throws Exception {
        server = SshdFixture.start(Login.of("/bin/bash", home));
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static void works(SshSettings settings, Prompt prompt) {
        try (SshBox box = SshConnector.connect(settings, prompt)) {
            assertThat(new BoxShell(box, new SecureRandom())
                            .run(new BoxScript("test", "echo in"), Payload.none(), Duration.ofSeconds(20))
                            .text())
                    .isEqualTo("in\n");
        }
    }

    private static DeployException fails(SshSettings settings, Prompt prompt) {
        List<DeployException> caught = new ArrayList<>();
        assertThatThrownBy(() -> SshConnector.connect(settings, prompt).close())
                .isInstanceOfSatisfying(DeployException.class, caught::add);
        assertThat(caught.get(0).exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(caught.get(0).next()).isPresent();
        return caught.get(0);
    }

    /** Somebody who gives these answers one after the other, then gives up. */
    private static final class Person implements Prompt {
        final List<String> asked = new ArrayList<>();
        private final List<String> answers;
        private final boolean yes;

        Person(boolean yes, String... answers) {
            this.yes = yes;
            this.answers = new ArrayList<>(List.of(answers));
        }

        @Override
        public Optional<String> secret(String question) {
            asked.add(question);
            return answers.isEmpty() ? Optional.empty() : Optional.of(answers.remove(0));
        }

        @Override
        public boolean yes(String question) {
            asked.add(question);
            return yes;
        }

        @Override
        public boolean attended() {
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
    void keysOfEveryUsualTypeLogIn(String type) throws Exception {
        Path key = server.userKey("user_" + type, "-t", type, "-N", "");
        works(server.settings().withIdentity(key), Prompt.nobody());
        // ssh-rsa with SHA-1 is refused by such a server, so the rsa key signed with SHA-2.
    }

    @Test
    void anEncryptedKeyIsUnlockedByItsPassphrase() throws Exception {
        Path key = server.userKey("locked", "-t", "ed25519", "-N", "open sesame");
        Person person = new Person(false, "wrong", "open sesame");
        works(server.settings().withIdentity(key), person);
        assertThat(person.asked).hasSize(2);
        assertThat(person.asked.get(0)).contains("Passphrase").contains(key.toString());
    }

    @Test
    void withoutAPersonAnEncryptedKeyIsExplained() throws Exception {
        Path key = server.userKey("locked", "-t", "ed25519", "-N", "open sesame");
        DeployException e = fails(server.settings().withIdentity(key), Prompt.nobody());
        assertThat(e).hasMessageContaining("needs its passphrase").hasMessageContaining(key.toString());
        assertThat(e.next().orElseThrow()).contains("ssh-add");
    }

    @Test
    void aWrongPassphraseIsExplainedAfterThreeTries() throws Exception {
        Path key = server.userKey("locked", "-t", "ed25519", "-N", "open sesame");
        Person person = new Person(false, "a", "b", "c", "d");
        DeployException e = fails(server.settings().withIdentity(key), person);
        assertThat(e).hasMessageContaining("passphrase");
        assertThat(person.asked.stream().filter(q -> q.contains("Passphrase"))).hasSize(3);
    }

    @Test
    void noPassphraseIsAskedForAKeyThatTheServerRefuses() throws Exception {
        SshdFixture.keygen(home, "stranger", "-t", "ed25519", "-N", "secret words");
        Person person = new Person(false);
        fails(server.settings().withIdentity(home.resolve("stranger")), person);
        assertThat(person.asked).noneMatch(question -> question.contains("Passphrase"));
    }

    @Test
    void aWrongKeyIsNamedWithWhatTheServerAccepts() throws Exception {
        SshdFixture.keygen(home, "stranger", "-t", "ed25519", "-N", "");
        DeployException e = fails(server.settings().withIdentity(home.resolve("stranger")), Prompt.nobody());
        assertThat(e).hasMessageContaining("stranger").hasMessageContaining("publickey");
        assertThat(e.next().orElseThrow()).contains("--identity").contains("authorized_keys");
    }

    @Test
    void aRefusedPasswordIsSaid() throws Exception {
        SshSettings settings = server.settings().withKeys(List.of(), true);
        DeployException e = fails(settings, new Person(false, "hunter-1", "hunter-2", "hunter-3", "hunter-4"));
        assertThat(e).hasMessageContaining("3 passwords");
        assertThat(e.toString()).doesNotContain("hunter");
    }

    @Test
    void keyFilesThatCannotBeUsedAreNamed() throws Exception {
        assertThat(fails(server.settings().withIdentity(home.resolve("none")), Prompt.nobody()))
                .hasMessageContaining("does not exist");
        Path text = Files.writeString(home.resolve("text"), "no key at all\n");
        assertThat(fails(server.settings().withIdentity(text), Prompt.nobody())).hasMessageContaining("no private key");
        assertThat(fails(server.settings().withIdentity(home), Prompt.nobody())).hasMessageContaining("can't be read");
    }

    @Test
    void anAgentSignsForALockedKeyAndOnlyChosenKeysAreOffered() throws Exception {
        assumeTrue(LocalCommand.find("ssh-agent").isPresent());
        Path key = server.userKey("locked", "-t", "ed25519", "-N", "open sesame");
        Path socket = home.resolve("agent.sock");
        Process agent = agent(socket);
        try {
            addOthers(socket, 7);
            add(socket, key, "open sesame");
            works(server.settings().withIdentity(key).withAgent(Optional.of(socket)), Prompt.nobody());
            assertThat(server.log().lines().filter(line -> line.contains("Failed publickey")))
                    .isEmpty();
        } finally {
            agent.destroy();
        }
    }

    @Test
    void theSixthKeyOfAnAgentIsOfferedAndThoseBeyondAreSaidToBeLeftOut() throws Exception {
        assumeTrue(LocalCommand.find("ssh-agent").isPresent());
        Path key = server.userKey("right", "-t", "ed25519", "-N", "");
        Path socket = home.resolve("agent.sock");
        Process agent = agent(socket);
        try {
            SshSettings settings = server.settings().withKeys(List.of(), false).withAgent(Optional.of(socket));
            addOthers(socket, 5);
            add(socket, key, "");
            works(settings, Prompt.nobody());
            SshdFixture.keygen(home, "seventh", "-t", "ed25519", "-N", "");
            LocalCommand.of("ssh-add", "-D")
                    .withEnvironment(Map.of("SSH_AUTH_SOCK", socket.toString()))
                    .run(Duration.ofSeconds(10));
            for (int i = 0; i < 5; i++) {
                add(socket, home.resolve("other" + i), "");
            }
            add(socket, home.resolve("seventh"), "");
            add(socket, key, "");
            assertThat(fails(settings, Prompt.nobody()))
                    .hasMessageContaining("left out 1 more")
                    .hasMessageContaining("other0 (ssh-ed25519 SHA256:");
        } finally {
            agent.destroy();
        }
    }

    private static Process agent(Path socket) throws Exception {
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
        org.awaitility.Awaitility.await().until(() -> Files.exists(socket));
        return agent;
    }

    /** Gives it so many keys that nobody lets in. */
    private void addOthers(Path socket, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            SshdFixture.keygen(home, "other" + i, "-t", "ed25519", "-N", "");
            add(socket, home.resolve("other" + i), "");
        }
    }

    private void add(Path socket, Path key, String passphrase) throws Exception {
        Path ask = home.resolve("ask");
        Files.writeString(ask, "#!/bin/sh\necho '" + passphrase + "'\n");
        assertThat(ask.toFile().setExecutable(true)).isTrue();
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(Map.of(
                "SSH_AUTH_SOCK", socket.toString(), "SSH_ASKPASS", ask.toString(), "SSH_ASKPASS_REQUIRE", "force"));
        assertThat(LocalCommand.of("ssh-add", key.toString())
                        .withEnvironment(environment)
                        .run(Duration.ofSeconds(10))
                        .ok())
                .isTrue();
    }

    @Test
    void anUnknownHostKeyStopsAndShowsItsFingerprint() throws Exception {
        Path known = home.resolve("known");
        SshSettings settings = server.settings().withKnownHosts(List.of(), known);
        DeployException e = fails(settings, Prompt.nobody());
        assertThat(e).hasMessageContaining("not known").hasMessageContaining(server.fingerprint());
        assertThat(e.next().orElseThrow()).contains("--host-key " + server.fingerprint());
        assertThat(known).doesNotExist();
    }

    @Test
    void anUnknownHostKeyIsNotedWhenItIsAccepted() throws Exception {
        Path known = home.resolve("known");
        SshSettings settings = server.settings().withKnownHosts(List.of(), known);
        works(settings, new Person(true));
        assertThat(known).content().startsWith("[127.0.0.1]:" + server.port() + " ssh-ed25519 ");
        works(settings, Prompt.nobody());
        Path other = home.resolve("other");
        works(settings.withKnownHosts(List.of(), other).withHostKeys(new HostKeyPolicy.AcceptNew()), Prompt.nobody());
        assertThat(other).hasSameTextualContentAs(known);
    }

    @Test
    void aChangedHostKeyAlwaysStopsAndIsReplacedOnlyByName() throws Exception {
        SshdFixture.keygen(home, "old", "-t", "ed25519", "-N", "");
        String[] old = Files.readString(home.resolve("old.pub")).split(" ");
        Path known = home.resolve("known");
        Files.writeString(
                known,
                "# kept\nother.example " + old[0] + " " + old[1] + "\n[127.0.0.1]:" + server.port() + " " + old[0] + " "
                        + old[1] + "\nbad line === \n");
        SshSettings settings = server.settings().withKnownHosts(List.of(), known);
        DeployException e = fails(settings.withHostKeys(new HostKeyPolicy.AcceptNew()), new Person(true));
        String oldFingerprint = LocalCommand.of(
                        "ssh-keygen", "-lf", home.resolve("old.pub").toString())
                .run(Duration.ofSeconds(5))
                .output()
                .split(" ")[1];
        assertThat(e)
                .hasMessageContaining("has changed")
                .hasMessageContaining(oldFingerprint)
                .hasMessageContaining(server.fingerprint());
        assertThat(e.next().orElseThrow())
                .contains("--host-key " + server.fingerprint())
                .contains("ssh-keygen -lf");
        fails(settings.withHostKeys(new HostKeyPolicy.Exactly(oldFingerprint)), Prompt.nobody());
        works(settings.withHostKeys(new HostKeyPolicy.Exactly(server.fingerprint())), Prompt.nobody());
        works(settings, Prompt.nobody());
        assertThat(known)
                .content()
                .contains("# kept", "other.example", "bad line")
                .hasLineCount(4);
    }

    @Test
    void hashedAndRevokedKeysAreRead() throws Exception {
        Path known = Files.copy(server.settings().acceptedKeys(), home.resolve("hashed"));
        assertThat(LocalCommand.of("ssh-keygen", "-H", "-f", known.toString())
                        .run(Duration.ofSeconds(5))
                        .ok())
                .isTrue();
        assertThat(known).content().startsWith("|1|");
        works(server.settings().withKnownHosts(List.of(known), home.resolve("none")), Prompt.nobody());
        String line = Files.readString(server.settings().acceptedKeys());
        Path revoked = Files.writeString(home.resolve("revoked"), "@revoked " + line);
        assertThat(fails(server.settings().withKnownHosts(List.of(revoked), known), Prompt.nobody()))
                .hasMessageContaining("revoked");
    }

    @Test
    void aJumpHostIsGoneThrough() throws Exception {
        try (SshdFixture jump = SshdFixture.start(Login.of("/bin/bash", home))) {
            works(server.settings().withJumps(List.of(jump.settings())), Prompt.nobody());
            assertThat(jump.log()).contains("Accepted publickey");
            SshSettings nowhere = SshSettings.of("127.0.0.1", SshdFixture.freePort(), "x", home.resolve("k"))
                    .withJumps(List.of(jump.settings()));
            assertThat(fails(nowhere, Prompt.nobody())).hasMessageContaining("jump host");
        }
    }

    @Test
    void placesWithoutAServerAreToldApart() throws Exception {
        SshSettings settings = server.settings().withConnectTimeout(Duration.ofSeconds(2));
        Path known = settings.acceptedKeys();
        assertThat(fails(SshSettings.of("127.0.0.1", SshdFixture.freePort(), "me", known), Prompt.nobody()))
                .hasMessageContaining("refuses the connection");
        assertThat(fails(SshSettings.of("no-such-host.invalid", 22, "me", known), Prompt.nobody()))
                .hasMessageContaining("no host by the name");
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            SshSettings toMute = SshSettings.of("127.0.0.1", mute.getLocalPort(), "me", known)
                    .withConnectTimeout(Duration.ofSeconds(1));
            assertThat(fails(toMute, Prompt.nobody())).hasMessageContaining("did not answer as an SSH server");
        }
    }

    @Test
    void aServerWithOldAlgorithmsOnlyIsExplained() throws Exception {
        try (SshdFixture old = SshdFixture.start(Login.of("/bin/bash", home), "Ciphers aes128-cbc")) {
            assertThat(fails(old.settings(), Prompt.nobody()))
                    .hasMessageContaining("in common")
                    .hasMessageContaining("aes128-cbc");
        }
    }
}
