package dev.flashvsr.deploy.box.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashvsr.deploy.box.Login;
import dev.flashvsr.deploy.box.LoginRefusedException;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which host keys are believed, on the whole way to a box. */
@Timeout(60)
class HostKeyIT {
    @TempDir
    Path home;

    private final List<SshdFixture> servers = new ArrayList<>();
    private SshdFixture box;
    private SshdFixture jump;
    private Path known;

    @BeforeEach
    void start() throws Exception {
        box = server();
        known = home.resolve("known");
    }

    private SshdFixture server(String... more) throws Exception {
        SshdFixture server = SshdFixture.start(Login.of("/bin/bash", home), more);
        servers.add(server);
        return server;
    }

    @AfterEach
    void stop() throws Exception {
        for (SshdFixture server : servers) {
            server.close();
        }
    }

    private SshSettings settings(SshdFixture server) throws Exception {
        return server.settings().withKnownHosts(List.of(), known);
    }

    private SshSettings byJump() throws Exception {
        jump = server();
        return settings(box).withLabel("gpu").withJumps(List.of(settings(jump).withLabel("gate")));
    }

    private static void works(SshSettings settings) {
        SshConnector.connect(settings, Prompt.nobody()).close();
    }

    private static DeployException fails(SshSettings settings) {
        List<DeployException> caught = new ArrayList<>();
        assertThatThrownBy(() -> SshConnector.connect(settings, Prompt.nobody()).close())
                .isInstanceOfSatisfying(DeployException.class, caught::add);
        assertThat(caught.get(0).exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        return caught.get(0);
    }

    private static String line(SshdFixture server) throws Exception {
        return Files.readString(server.settings().acceptedKeys()).strip();
    }

    private static SshSettings with(SshSettings settings, String... fingerprints) {
        return HostKeyChoice.of(false, List.of(fingerprints)).over(settings);
    }

    @Test
    void newKeysOfAllHostsOnTheWayAreAccepted() throws Exception {
        SshSettings settings = byJump();
        works(HostKeyChoice.of(true, List.of()).over(settings));
        assertThat(known).content().contains(":" + box.port() + " ", ":" + jump.port() + " ");
        works(settings);
    }

    @Test
    void aJumpHostIsAcceptedByItsOwnFingerprint() throws Exception {
        SshSettings settings = byJump();
        DeployException e = fails(settings);
        assertThat(e).hasMessageContaining("jump host gate is not known");
        assertThat(e.next().orElseThrow()).contains("--host-key gate=" + jump.fingerprint());
        assertThat(fails(with(settings, "gate=" + jump.fingerprint())))
                .hasMessageContaining("host key of gpu is not known");
        works(with(settings, "gate=" + jump.fingerprint(), box.fingerprint()));
        works(settings);
    }

    /** Else a jump host could answer in the place of the box by the key that was accepted for it. */
    @Test
    void theFingerprintOfAJumpHostIsNotThatOfTheBox() throws Exception {
        SshSettings settings = byJump();
        assertThat(fails(with(settings, box.fingerprint()))).hasMessageContaining("jump host gate is not known");
        assertThat(fails(with(settings, "gate=" + box.fingerprint())))
                .hasMessageContaining("The jump host gate shows the host key " + jump.fingerprint());
        assertThat(known).doesNotExist();
    }

    @Test
    void aBareFingerprintThatIsTheJumpHostsLeavesAKnownBoxKnown() throws Exception {
        SshSettings settings = byJump();
        Files.writeString(known, line(box) + "\n");
        works(with(settings, jump.fingerprint()));
        works(settings);
    }

    @Test
    void fingerprintsAreReadOrRefused() throws Exception {
        SshSettings settings = byJump();
        assertThatThrownBy(() -> with(settings, "nobody=" + box.fingerprint()))
                .hasMessageContaining("for no jump host on the way to gpu")
                .isInstanceOfSatisfying(
                        DeployException.class,
                        e -> assertThat(e.next().orElseThrow()).contains("gate"));
        assertThatThrownBy(() -> with(settings, box.fingerprint(), jump.fingerprint()))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> with(settings, "MD5:00:11")).hasMessageContaining("no fingerprint");
        works(with(
                settings,
                "127.0.0.1:" + jump.port() + "=" + jump.fingerprint(),
                box.fingerprint().substring("SHA256:".length()) + "="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh-rsa AAAA", "ssh-ed25519 AAAAbroken", "ssh-ed25519", "CUT", "ssh-ed25519 !!!!"})
    void aLineThatCannotBeReadIsNamedAndIsNoChangedKey(String damaged) throws Exception {
        String whole = line(box);
        String text = damaged.equals("CUT")
                ? whole.substring(0, whole.lastIndexOf(' ') + 41)
                : "[127.0.0.1]:" + box.port() + " " + damaged;
        Files.writeString(known, "# mine\n" + text + "\n");
        for (SshSettings settings : List.of(settings(box), settings(box).withHostKeys(new HostKeyPolicy.AcceptNew()))) {
            DeployException e = fails(settings);
            assertThat(e)
                    .isInstanceOf(LoginRefusedException.class)
                    .hasMessageContaining(known + ":2")
                    .hasMessageNotContaining("changed");
            assertThat(e.next().orElseThrow()).contains("Remove that line").contains("--host-key " + box.fingerprint());
        }
        works(with(settings(box), box.fingerprint()));
        assertThat(known).content().isEqualTo("# mine\n" + whole + "\n");
    }

    @Test
    void aDamagedLineIsNoMatterWhereAnotherHasTheKey() throws Exception {
        Files.writeString(known, "[127.0.0.1]:" + box.port() + " ssh-rsa AAAA\n* ssh-rsa\n" + line(box) + "\n");
        works(settings(box));
    }

    @Test
    void aRevocationThatCannotBeReadStopsAlsoAKnownKey() throws Exception {
        Files.writeString(known, line(box) + "\n@revoked * ssh-ed25519 AAAAC3\n");
        assertThat(fails(settings(box))).hasMessageContaining(known + ":2");
        assertThat(fails(with(settings(box), box.fingerprint()))).hasMessageContaining(known + ":2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@cert-authority *.example,127.0.0.* ssh-ed25519 AAAAC3", "127.0.0.1 ssh-ed25519 AAAAC3"})
    void aDamagedLineForTheHostOnEveryPortIsNamed(String line) throws Exception {
        Files.writeString(known, line + "\n");
        assertThat(fails(settings(box))).hasMessageContaining(known + ":1");
    }

    @Test
    void aKeyRevokedForTheHostOnEveryPortIsNotBelieved() throws Exception {
        String key = line(box).split(" ", 2)[1];
        Files.writeString(known, line(box) + "\n@revoked 127.0.0.1 " + key + "\n");
        assertThat(fails(settings(box))).hasMessageContaining("revoked");
    }

    @Test
    void allFilesTogetherSayWhatIsKnownAndOnlyTheFirstIsWritten() throws Exception {
        Path global = home.resolve("global");
        SshdFixture.keygen(home, "old", "-t", "ed25519", "-N", "");
        String[] old = Files.readString(home.resolve("old.pub")).split(" ");
        Files.writeString(known, "[127.0.0.1]:" + box.port() + " " + old[0] + " " + old[1] + "\n");
        Files.writeString(global, line(box) + "\n");
        works(box.settings().withKnownHosts(List.of(global), known));
        assertThat(fails(box.settings().withKnownHosts(List.of(), known)))
                .hasMessageContaining("has changed")
                .hasMessageContaining(known + ":1");
    }

    @Test
    void aKeyKnownWithoutThePortWillDo() throws Exception {
        Files.writeString(known, line(box).replace("[127.0.0.1]:" + box.port(), "127.0.0.1") + "\n");
        works(settings(box));
    }

    /** The key holds while this program runs, so that a lost link can be restored. */
    @Test
    void whereNothingIsToBeWrittenTheDeviceStaysADevice() throws Exception {
        Path nowhere = Path.of("/dev/null");
        SshSettings settings = box.settings().withKnownHosts(List.of(), nowhere);
        assertThat(fails(settings)).hasMessageContaining("not known");
        works(settings.withHostKeys(new HostKeyPolicy.AcceptNew()));
        works(settings);
        assertThat(Files.isRegularFile(nowhere)).isFalse();
    }

    @Test
    void withStrictCheckingNobodyIsAsked() throws Exception {
        List<String> asked = new ArrayList<>();
        Prompt person = new Prompt() {
            @Override
            public Optional<String> secret(String question) {
                return Optional.empty();
            }

            @Override
            public boolean yes(String question) {
                return asked.add(question);
            }

            @Override
            public boolean attended() {
                return true;
            }
        };
        SshSettings settings = settings(box).withHostKeys(new HostKeyPolicy.KnownOnly());
        assertThatThrownBy(() -> SshConnector.connect(settings, person)).hasMessageContaining("not known");
        assertThat(asked).isEmpty();
    }

    @Test
    void sourcesThatAreNotUsedAreNamed() throws Exception {
        assertThat(fails(settings(box).withUnsupported(List.of("KnownHostsCommand"))))
                .hasMessageContaining("KnownHostsCommand, which this program does not use");
    }

    @Test
    void revokedHostKeysAreHeeded() throws Exception {
        Path revoked = Files.copy(box.directory().resolve("host.pub"), home.resolve("revoked"));
        SshSettings settings = box.settings().withRevokedKeys(Optional.of(revoked));
        assertThat(fails(settings)).hasMessageContaining("revoked");
        Files.writeString(revoked, "# none\n");
        works(settings);
        Files.writeString(revoked, "SSHKRL\n\0");
        assertThat(fails(settings)).hasMessageContaining("RevokedHostKeys").hasMessageContaining("KRL");
        assertThat(fails(box.settings().withRevokedKeys(Optional.of(home.resolve("none")))))
                .hasMessageContaining("can't be read");
    }

    /** A server whose host key an authority has signed for a name. */
    private SshdFixture certified(String authority, String principal, String... more) throws Exception {
        SshdFixture.keygen(home, authority, "-t", "ed25519", "-N", "");
        SshdFixture.keygen(home, "hk", "-t", "ed25519", "-N", "");
        sign(authority, "-h", "-n", principal, home.resolve("hk.pub").toString());
        List<String> lines = new ArrayList<>(List.of(more));
        lines.add("HostCertificate " + home.resolve("hk-cert.pub"));
        lines.add("HostKey " + home.resolve("hk"));
        return server(lines.toArray(String[]::new));
    }

    private void sign(String authority, String... options) {
        OfferedKeysIT.sign(home.resolve(authority), options);
    }

    private String authority(String name) throws Exception {
        return "@cert-authority 127.0.0.1 " + Files.readString(home.resolve(name + ".pub"));
    }

    @Test
    void aCertificateOfAKnownAuthorityIsBelieved() throws Exception {
        SshdFixture signed = certified("ca", "127.0.0.1");
        Files.writeString(known, authority("ca"));
        works(settings(signed));
        assertThat(known).content().isEqualTo(authority("ca"));
        Files.writeString(known, authority("ca") + "@revoked * " + Files.readString(home.resolve("ca.pub")));
        assertThat(fails(settings(signed))).hasMessageContaining("revoked");
        Files.writeString(known, authority("ca") + "@revoked * " + Files.readString(home.resolve("hk.pub")));
        assertThat(fails(settings(signed))).hasMessageContaining("revoked");
    }

    @Test
    void aCertificateOfAnotherAuthorityOrForAnotherNameIsNot() throws Exception {
        SshdFixture signed = certified("ca", "other.example");
        Files.writeString(known, authority("ca"));
        assertThat(fails(settings(signed)))
                .hasMessageContaining("not known")
                .hasMessageContaining("@cert-authority line is for it");
        SshdFixture.keygen(home, "stranger", "-t", "ed25519", "-N", "");
        Files.writeString(known, authority("stranger"));
        assertThat(fails(settings(signed))).hasMessageContaining("not known");
    }

    @Test
    void aServerWithACertificateAloneIsJudgedByItsKey() throws Exception {
        SshdFixture signed = certified("ca", "127.0.0.1", "HostKeyAlgorithms ssh-ed25519-cert-v01@openssh.com");
        DeployException e = fails(settings(signed));
        assertThat(e).hasMessageContaining("not known").hasMessageContaining("ssh-ed25519 SHA256:");
        String shown = PublicKey.ofLine(Files.readString(home.resolve("hk.pub")))
                .orElseThrow()
                .fingerprint();
        Files.writeString(known, authority("ca"));
        assertThat(fails(with(settings(signed), box.fingerprint()))).hasMessageContaining(shown + ", not ");
        works(with(settings(signed), shown));
    }
}
