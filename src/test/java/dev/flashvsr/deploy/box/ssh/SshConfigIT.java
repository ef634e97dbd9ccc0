package dev.flashvsr.deploy.box.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.process.LocalCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        return new SshConfig(Optional.of(file), directory.resolve("known"));
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
        assertThat(settings.knownHosts()).containsExactly(Path.of("/tmp/a"), Path.of(home, "b"), Path.of("/tmp/c"));
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
        assertThatThrownBy(() -> resolve(config("Nonsense yes\n"), "gpu")).hasMessageContaining("does not hold");
        assertThatThrownBy(() -> new SshConfig(Optional.of(directory.resolve("none")), directory.resolve("known")))
                .hasMessageContaining("can't be read");
    }

    @Test
    void withoutSshTheUsualValuesAreTaken() {
        SshSettings settings = new SshConfig(Optional.empty(), directory.resolve("known"), Optional.empty())
                .resolve("x", "host.example", Optional.of("u"), OptionalInt.empty());
        assertThat(settings.port()).isEqualTo(22);
        assertThat(settings.user()).isEqualTo("u");
        assertThat(settings.keys()).isNotEmpty().allMatch(key -> !key.required());
    }
}
