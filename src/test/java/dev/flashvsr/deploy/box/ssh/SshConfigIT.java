package dev.flashvsr.deploy.box.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.process.LocalCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SshConfigIT {
    @TempDir
    Path directory;

    @BeforeEach
    void sshIsThere() {
        assumeTrue(LocalCommand.find("ssh").isPresent());
    }

    private SshConfig config(String text) throws Exception {
        Path file = Files.writeString(directory.resolve("config"), text);
        return new SshConfig(Optional.of(file), Optional.empty());
    }

    private static SshSettings resolve(SshConfig config, String host) {
        return config.resolve(host, host, Optional.empty(), OptionalInt.empty());
    }

    @Test
    void anAliasIsWhatOpenSshSaysItIs() throws Exception {
        Files.writeString(directory.resolve("included"), "Host gpu\n  Port 40022\n");
        SshSettings settings = resolve(config("""
                        Include %s/included
                        Host gpu
                          HostName 203.0.113.7
                          User renter
                          IdentityFile ~/keys/%%h-%%r-%%n
                          IdentitiesOnly yes
                          ConnectTimeout 7
                          HostKeyAlias box-17
                          UserKnownHostsFile /tmp/a ~/b
                          GlobalKnownHostsFile /tmp/c
                        """.formatted(directory)), "gpu");
        String home = System.getProperty("user.home");
        assertThat(settings.label()).isEqualTo("gpu");
        assertThat(settings.host()).isEqualTo("203.0.113.7");
        assertThat(settings.port()).isEqualTo(40022);
        assertThat(settings.user()).isEqualTo("renter");
        assertThat(settings.keys())
                .containsExactly(new SshSettings.Key(Path.of(home, "keys/203.0.113.7-renter-gpu"), false));
        assertThat(settings.keysOnly()).isTrue();
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.hostKeyAlias()).contains("box-17");
        assertThat(settings.acceptedKeys()).isEqualTo(Path.of("/tmp/a"));
        assertThat(settings.knownHosts()).containsExactly(Path.of(home, "b"), Path.of("/tmp/c"));
    }

    @Test
    void aNamedFileOfHostKeysIsTheOnlyOneAlsoForJumpHosts() throws Exception {
        Path file = Files.writeString(
                directory.resolve("config"), "Host *\n UserKnownHostsFile /tmp/a\nHost gpu\n ProxyJump first\n");
        Path named = directory.resolve("named");
        SshSettings settings = resolve(new SshConfig(Optional.of(file), Optional.of(named)), "gpu");
        assertThat(settings.jumps()).hasSize(1);
        for (SshSettings host : List.of(settings, settings.jumps().get(0))) {
            assertThat(host.acceptedKeys()).isEqualTo(named);
            assertThat(host.knownHosts()).isEmpty();
        }
    }

    @Test
    void variablesTokensAndBlanksInFileNamesAreExpanded() throws Exception {
        SshSettings settings = resolve(config("""
                        Host gpu
                          HostName 203.0.113.7
                          Port 2200
                          User renter
                          HostKeyAlias box-17
                          IdentityFile "${HOME}/my keys/id a"
                          IdentityFile %d/x-%p-%k-%C%%
                          CertificateFile "${HOME}/my keys/id-cert.pub"
                          IdentityAgent "/tmp/my agent/%u.sock"
                        """), "gpu");
        String home = System.getenv("HOME");
        assertThat(settings.keys().get(0).file()).isEqualTo(Path.of(home, "my keys/id a"));
        assertThat(settings.keys().get(1).file().toString()).matches(".*/x-2200-box-17-[0-9a-f]{40}%");
        assertThat(settings.certificates()).containsExactly(Path.of(home, "my keys/id-cert.pub"));
        assertThat(settings.agentSocket())
                .contains(Path.of("/tmp/my agent", System.getProperty("user.name") + ".sock"));
    }

    @Test
    void aVariableNamesTheAgent() throws Exception {
        assertThat(resolve(config("IdentityAgent $HOME\n"), "gpu").agentSocket())
                .contains(Path.of(System.getenv("HOME")));
        assertThat(resolve(config("IdentityAgent $NO_SUCH_VARIABLE\n"), "gpu").agentSocket())
                .isEmpty();
        assertThat(resolve(config("IdentityAgent none\n"), "gpu").agentSocket()).isEmpty();
    }

    @Test
    void aVariableThatIsNotSetIsNamed() throws Exception {
        assertThatThrownBy(() -> resolve(config("IdentityFile ${NO_SUCH_VARIABLE}/id\n"), "gpu"))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("IdentityFile")
                .hasMessageContaining("NO_SUCH_VARIABLE");
    }

    @Test
    void filesOfHostKeysMayHaveBlanks() throws Exception {
        SshSettings settings = resolve(
                config("UserKnownHostsFile \"/tmp/my keys/known hosts\" /tmp/b\nGlobalKnownHostsFile /tmp/c\n"), "gpu");
        assertThat(settings.acceptedKeys()).isEqualTo(Path.of("/tmp/my keys/known hosts"));
        assertThat(settings.knownHosts()).containsExactly(Path.of("/tmp/b"), Path.of("/tmp/c"));
    }

    @Test
    void noFileOfHostKeysIsOneThatIsNeverWritten() throws Exception {
        SshSettings settings = resolve(config("UserKnownHostsFile none\nGlobalKnownHostsFile /tmp/c\n"), "gpu");
        assertThat(settings.acceptedKeys()).isEqualTo(Path.of("/dev/null"));
        assertThat(settings.knownHosts()).containsExactly(Path.of("/tmp/c"));
    }

    @ParameterizedTest
    @CsvSource({"yes,KnownOnly", "no,AcceptNew", "accept-new,AcceptNew", "ask,Ask"})
    void whatTheConfigurationSaysOfUnknownHostsHolds(String value, String policy) throws Exception {
        SshSettings settings = resolve(config("StrictHostKeyChecking " + value + "\n"), "gpu");
        assertThat(settings.hostKeys().getClass().getSimpleName()).isEqualTo(policy);
    }

    @Test
    void otherSourcesOfKeysAreNoted() throws Exception {
        SshSettings settings =
                resolve(config("KnownHostsCommand /bin/true\nVerifyHostKeyDNS yes\nRevokedHostKeys /tmp/r\n"), "gpu");
        assertThat(settings.unsupported()).containsExactly("KnownHostsCommand", "VerifyHostKeyDNS");
        assertThat(settings.revokedKeys()).contains(Path.of("/tmp/r"));
        assertThat(resolve(config("VerifyHostKeyDNS no\n"), "gpu").unsupported())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,3,4,12", "60,3,4,12", "2,3,2,6", "1,1,1,2", "5,1,4,5", "3,100,3,12"})
    void aStricterServerAliveIsHonoured(long interval, long count, long ask, long cut) throws Exception {
        SshSettings settings =
                resolve(config("ServerAliveInterval %d\nServerAliveCountMax %d\n".formatted(interval, count)), "gpu");
        assertThat(settings.keepAlive()).isEqualTo(new KeepAlive(Duration.ofSeconds(ask), Duration.ofSeconds(cut)));
    }

    @Test
    void whatIsGivenWinsOverTheFile() throws Exception {
        SshSettings settings =
                config("Host gpu\n  Port 1\n  User a\n").resolve("gpu", "gpu", Optional.of("b"), OptionalInt.of(2));
        assertThat(settings.user()).isEqualTo("b");
        assertThat(settings.port()).isEqualTo(2);
    }

    @Test
    void jumpHostsAreResolvedByTheirOwnSettings() throws Exception {
        SshSettings settings = resolve(config("""
                        Host gpu
                          ProxyJump first,me@[::1]:2200
                        Host first
                          HostName first.example
                          ProxyJump zero
                        """), "gpu");
        assertThat(settings.jumps()).extracting(SshSettings::host).containsExactly("zero", "first.example", "::1");
        assertThat(settings.jumps().get(2).user()).isEqualTo("me");
        assertThat(settings.jumps().get(2).port()).isEqualTo(2200);
    }

    @Test
    void whatCannotBeUsedIsRefused() throws Exception {
        assertThatThrownBy(() -> resolve(config("Host gpu\n  ProxyCommand nc %h %p\n"), "gpu"))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("ProxyCommand");
        assertThatThrownBy(() -> resolve(config("Host a\n ProxyJump b\nHost b\n ProxyJump a\n"), "a"))
                .hasMessageContaining("too many hosts");
        assertThatThrownBy(() -> resolve(config("Nonsense yes\n"), "gpu")).hasMessageContaining("is invalid");
        assertThatThrownBy(() -> new SshConfig(Optional.of(directory.resolve("none")), Optional.empty()))
                .hasMessageContaining("can't be read");
    }

    @Test
    void withoutSshTheUsualValuesAreTaken() {
        SshSettings settings = new SshConfig(
                        Optional.empty(), Optional.of(directory.resolve("known")), Optional.empty())
                .resolve("x", "host.example", Optional.of("u"), OptionalInt.empty());
        assertThat(settings.port()).isEqualTo(22);
        assertThat(settings.user()).isEqualTo("u");
        assertThat(settings.keys()).isNotEmpty().allMatch(key -> !key.required());
    }
}
