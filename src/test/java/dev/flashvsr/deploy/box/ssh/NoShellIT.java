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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins that run no commands, on a real server: each is named as what it is. */
@Timeout(60)
class NoShellIT {
    @TempDir
    Path home;

    private DeployException fails(String shell, String... config) throws Exception {
        try (SshdFixture server = SshdFixture.start(Login.of(shell, home), config);
                SshBox box = SshConnector.connect(server.settings(), Prompt.nobody())) {
            List<DeployException> caught = new ArrayList<>();
            BoxScript script = new BoxScript("test", "echo never\n");
            assertThatThrownBy(() ->
                            new BoxShell(box, new SecureRandom()).run(script, Payload.none(), Duration.ofSeconds(20)))
                    .isInstanceOfSatisfying(DeployException.class, caught::add);
            assertThat(caught.get(0).exitCode()).isEqualTo(ExitCode.UNFIT);
            return caught.get(0);
        }
    }

    @Test
    void aGatewayThatOpensOnlyTerminals() throws Exception {
        Path gateway = home.resolve("gateway");
        Files.writeString(gateway, """
                #!/bin/bash
                if [ -t 0 ]; then exec bash -l; fi
                echo "Error: this client asks for no PTY"
                exit 1
                """);
        assertThat(gateway.toFile().setExecutable(true)).isTrue();
        DeployException e = fails("/bin/bash", "ForceCommand " + gateway);
        assertThat(e).hasMessageContaining("gateway that opens terminals").hasMessageNotContaining("start file");
        assertThat(e.next().orElseThrow()).contains("SSH over exposed TCP").doesNotContain(".bashrc");
    }

    /** The first says so in words, the second speaks its protocol. */
    @ParameterizedTest
    @ValueSource(strings = {"internal-sftp", "/usr/lib/openssh/sftp-server"})
    void aLoginForFilesAlone(String command) throws Exception {
        assumeTrue(!command.startsWith("/") || Files.isExecutable(Path.of(command)), "there is no sftp-server");
        DeployException e = fails("/bin/bash", "ForceCommand " + command);
        assertThat(e).hasMessageContaining("transferring files only");
        assertThat(e.next().orElseThrow()).contains("internal-sftp").doesNotContain(".bashrc");
    }

    @Test
    void anAccountWithoutAShell() throws Exception {
        DeployException e = fails("/usr/sbin/nologin");
        assertThat(e).hasMessageContaining("no shell that runs commands");
        assertThat(e.next().orElseThrow()).contains("usermod").doesNotContain(".bashrc");
    }

    @Test
    void aRestrictedShell() throws Exception {
        DeployException e = fails("/bin/rbash");
        assertThat(e).hasMessageContaining("restricted one");
        assertThat(e.next().orElseThrow()).contains("usermod").doesNotContain(".bashrc");
    }
}
