package dev.flashvsr.deploy.box.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flashvsr.deploy.box.Login;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.process.LocalCommand;
import dev.flashvsr.deploy.process.LocalResult;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys and certificates are offered, of files and of a real agent, and what is said of those that are not. */
@Timeout(60)
class OfferedKeysIT {
    @TempDir
    Path home;

    private SshdFixture server;
    private Path socket;
    private Process agent;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(LocalCommand.find("ssh-agent").isPresent());
        SshdFixture.keygen(home, "ca", "-t", "ed25519", "-N", "");
        server = SshdFixture.start(
                Login.of("/bin/bash", home), "TrustedUserCAKeys " + home.resolve("ca.pub"), "MaxAuthTries 10");
        socket = home.resolve("agent.sock");
        agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
        org.awaitility.Awaitility.await().until(() -> Files.exists(socket));
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        if (agent != null) {
            agent.destroy();
        }
    }

    static void sign(Path authority, String... options) {
        List<String> command =
                new ArrayList<>(List.of("ssh-keygen", "-q", "-s", authority.toString(), "-I", "someone"));
        command.addAll(List.of(options));
        LocalResult result = LocalCommand.of(command.toArray(String[]::new)).run(Duration.ofSeconds(10));
        assertThat(result.ok()).as(result.error()).isTrue();
    }

    private void toAgent(Path key) {
        LocalResult result = LocalCommand.of("ssh-add", "-q", key.toString())
                .withEnvironment(Map.of("SSH_AUTH_SOCK", socket.toString()))
                .run(Duration.ofSeconds(10));
        assertThat(result.ok()).as(result.error()).isTrue();
    }

    /** A key that the server lets in and that the agent alone has; its public half is kept. */
    private Path onlyInAgent(String name) throws Exception {
        Path key = server.userKey(name, "-t", "ed25519", "-N", "");
        toAgent(key);
        Files.delete(key);
        return key;
    }

    /** A key that only a certificate lets in. */
    private Path certified(String name, String type, String... options) {
        SshdFixture.keygen(home, name, "-t", type, "-N", "");
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-n", server.user(), home.resolve(name + ".pub").toString()));
        sign(home.resolve("ca"), all.toArray(String[]::new));
        return home.resolve(name);
    }

    private SshSettings with(Path... files) throws Exception {
        List<SshSettings.Key> keys = java.util.Arrays.stream(files)
                .map(file -> new SshSettings.Key(file, false))
                .toList();
        return server.settings().withKeys(keys, true);
    }

    private SshSettings withAgent(Path... files) throws Exception {
        return with(files).withAgent(Optional.of(socket));
    }

    private static void works(SshSettings settings) {
        SshConnector.connect(settings, Prompt.nobody()).close();
    }

    private static DeployException fails(SshSettings settings) {
        List<DeployException> caught = new ArrayList<>();
        assertThatThrownBy(() -> SshConnector.connect(settings, Prompt.nobody()).close())
                .isInstanceOfSatisfying(DeployException.class, caught::add);
        return caught.get(0);
    }

    @Test
    void thePublicHalfNamesAKeyOfTheAgent() throws Exception {
        Path key = onlyInAgent("one");
        Path pub = Path.of(key + ".pub");
        works(withAgent(pub));
        works(withAgent(pub).withIdentity(pub));
        assertThat(server.log()).doesNotContain("Failed publickey");
    }

    @Test
    void thePublicHalfBesideAMissingPrivateOneNamesAKeyOfTheAgent() throws Exception {
        works(withAgent(onlyInAgent("one")));
    }

    @Test
    void onlyTheNamedKeyOfTheAgentIsOffered() throws Exception {
        for (int i = 0; i < 7; i++) {
            SshdFixture.keygen(home, "other" + i, "-t", "ed25519", "-N", "");
            toAgent(home.resolve("other" + i));
        }
        works(withAgent(onlyInAgent("one")));
        assertThat(server.log()).doesNotContain("Failed publickey");
    }

    @Test
    void aPublicHalfWithoutAnAgentIsNamedAsOne() throws Exception {
        Path key = server.userKey("one", "-t", "ed25519", "-N", "");
        Path pub = Path.of(key + ".pub");
        DeployException e = fails(with(pub).withIdentity(pub));
        assertThat(e).hasMessageContaining("holds a public key, and no agent has the private key");
        assertThat(e.next().orElseThrow()).contains(key.toString()).contains("ssh-add");
        assertThat(fails(with(pub)))
                .hasMessageContaining("tried no key")
                .hasMessageContaining("Not usable: " + pub)
                .hasMessageNotContaining("tried the key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
    void aCertificateBesideItsKeyLogsIn(String type) throws Exception {
        works(with(certified("cu", type)));
        assertThat(server.log()).contains("Accepted certificate ID \"someone\"");
    }

    @Test
    void aCertificateOfAnotherNameLogsInWhereItIsNamed() throws Exception {
        Path key = certified("cu", "ed25519");
        Path certificate = Files.move(home.resolve("cu-cert.pub"), home.resolve("elsewhere"));
        assertThat(fails(with(key))).hasMessageContaining("tried the keys " + key + ";");
        works(with(key).withCertificates(List.of(certificate)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa"})
    void certificatesInTheAgentLogIn(String type) throws Exception {
        Path key = certified("cu", type);
        toAgent(key);
        Files.delete(key);
        Files.delete(home.resolve("cu-cert.pub"));
        Files.delete(home.resolve("cu.pub"));
        works(server.settings().withKeys(List.of(), false).withAgent(Optional.of(socket)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa"})
    void aCertificateForAKeyOfTheAgentLogsIn(String type) throws Exception {
        Path key = certified("cu", type);
        Path certificate = Files.move(home.resolve("cu-cert.pub"), home.resolve("elsewhere"));
        toAgent(key);
        Files.delete(key);
        works(withAgent().withCertificates(List.of(certificate)));
        works(withAgent(Path.of(key + ".pub")).withCertificates(List.of(certificate)));
    }

    @Test
    void aLockedKeyWithACertificateIsUnlocked() throws Exception {
        SshdFixture.keygen(home, "cu", "-t", "ed25519", "-N", "open sesame");
        sign(home.resolve("ca"), "-n", server.user(), home.resolve("cu.pub").toString());
        Prompt person = new Prompt() {
            @Override
            public Optional<String> secret(String question) {
                return Optional.of("open sesame");
            }

            @Override
            public boolean yes(String question) {
                return false;
            }

            @Override
            public boolean attended() {
                return true;
            }
        };
        SshConnector.connect(with(home.resolve("cu")), person).close();
    }

    @Test
    void anExpiredCertificateIsSaidToBeSo() throws Exception {
        DeployException e = fails(with(certified("cu", "ed25519", "-V", "20200101:20200102")));
        assertThat(e).hasMessageContaining("cu-cert.pub");
        assertThat(e.next().orElseThrow()).contains("cu-cert.pub has expired");
    }

    @Test
    void aCertificateWithoutItsKeyIsNotSaidToBeTried() throws Exception {
        certified("cu", "ed25519");
        SshdFixture.keygen(home, "other", "-t", "ed25519", "-N", "");
        DeployException e = fails(with(home.resolve("other")).withCertificates(List.of(home.resolve("cu-cert.pub"))));
        assertThat(e)
                .hasMessageContaining("tried the keys " + home.resolve("other") + ";")
                .hasMessageContaining("Not usable: the certificate " + home.resolve("cu-cert.pub"));
    }

    @Test
    void whatTheServerNeverSawIsNotSaidToBeTried() throws Exception {
        try (SshdFixture strict = SshdFixture.start(Login.of("/bin/bash", home), "PubkeyAuthentication no")) {
            Path key = server.userKey("one", "-t", "ed25519", "-N", "");
            SshSettings settings = strict.settings().withIdentity(key);
            assertThat(fails(settings)).hasMessageContaining("tried no key").hasMessageNotContaining(key.toString());
        }
    }

    @Test
    void anAgentThatIsNotThereIsNamed() throws Exception {
        SshSettings settings = with().withAgent(Optional.of(home.resolve("none.sock")));
        assertThat(fails(settings)).hasMessageContaining("the agent at " + home.resolve("none.sock"));
    }

    /** Only an agent can use it; made here, because no token is at hand. */
    @Test
    void aKeyInAHardwareTokenIsNamedAsOne() throws Exception {
        Path key = home.resolve("id_ed25519_sk");
        Files.writeString(key, tokenKey());
        DeployException e = fails(with(key).withIdentity(key));
        assertThat(e).hasMessageContaining("hardware token (sk-ssh-ed25519@openssh.com)");
        assertThat(e.next().orElseThrow()).contains("ssh-add " + key);
        assertThat(fails(with(key))).hasMessageContaining("Not usable: " + key);
    }

    private static String tokenKey() {
        ByteArrayOutputStream pub = new ByteArrayOutputStream();
        put(pub, "sk-ssh-ed25519@openssh.com".getBytes(StandardCharsets.US_ASCII));
        put(pub, new byte[32]);
        put(pub, "ssh:".getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII));
        put(all, "none".getBytes(StandardCharsets.US_ASCII));
        put(all, "none".getBytes(StandardCharsets.US_ASCII));
        put(all, new byte[0]);
        all.writeBytes(ByteBuffer.allocate(4).putInt(1).array());
        put(all, pub.toByteArray());
        put(all, new byte[64]);
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(all.toByteArray())
                + "\n-----END OPENSSH PRIVATE KEY-----\n";
    }

    private static void put(ByteArrayOutputStream out, byte[] string) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(string.length).array());
        out.writeBytes(string);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PuTTY-User-Key-File-3: ssh-ed25519|puttygen",
                "-----BEGIN OPENSSH PRIVATE KEY-----|whole",
                "nonsense|whole"
            })
    void aDamagedKeyGetsAdviceThatFits(String text, String advice) throws Exception {
        Path key = Files.writeString(home.resolve("damaged"), text + "\n");
        DeployException e = fails(with(key).withIdentity(key));
        assertThat(e).hasMessageContaining("no private key that can be read");
        assertThat(e.next().orElseThrow()).contains(advice).doesNotContain(".pub file");
    }

    @Test
    void aSecondFactorAfterTheKeyIsSaidToBeOne() throws Exception {
        try (SshdFixture two = SshdFixture.start(
                Login.of("/bin/bash", home),
                "AuthenticationMethods publickey,password",
                "PasswordAuthentication yes")) {
            DeployException e = fails(two.settings());
            assertThat(e)
                    .hasMessageContaining("accepted the key " + two.directory().resolve("id"))
                    .hasMessageContaining("second factor (password)");
            assertThat(e.next().orElseThrow()).contains("The key is right").doesNotContain("--identity");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KexAlgorithms sntrup761x25519-sha512@openssh.com",
                "Ciphers chacha20-poly1305@openssh.com",
                "MACs hmac-sha2-512"
            })
    void serversWithModernAlgorithmsOnlyAreReached(String line) throws Exception {
        String cipher = line.startsWith("MACs") ? "Ciphers aes256-ctr" : "LogLevel VERBOSE";
        try (SshdFixture modern = SshdFixture.start(Login.of("/bin/bash", home), line, cipher)) {
            works(modern.settings());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MACs umac-128-etm@openssh.com|Let its SSH server take one of these",
                "MACs hmac-sha1|very old",
                "KexAlgorithms diffie-hellman-group14-sha1|very old"
            })
    void whatIsMissingGetsAdviceThatFits(String line, String advice) throws Exception {
        try (SshdFixture strict = SshdFixture.start(Login.of("/bin/bash", home), line, "Ciphers aes256-ctr")) {
            DeployException e = fails(strict.settings());
            assertThat(e).hasMessageContaining("in common");
            assertThat(e.next().orElseThrow()).contains(advice);
        }
    }
}
