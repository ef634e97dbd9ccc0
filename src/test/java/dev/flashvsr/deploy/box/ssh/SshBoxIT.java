package dev.flashvsr.deploy.box.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxContract;
import dev.flashvsr.deploy.box.BoxScript;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.box.Login;
import dev.flashvsr.deploy.box.Payload;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract against a real OpenSSH server. */
class SshBoxIT extends BoxContract {
    private final List<SshdFixture> servers = new ArrayList<>();

    @Override
    protected Box connect(Login login) throws Exception {
        SshdFixture server = SshdFixture.start(login);
        servers.add(server);
        return SshConnector.connect(server.settings(), Prompt.nobody());
    }

    @Test
    void keysThatTheServerChangesWhileBytesFlowDoNotMatter() throws Exception {
        byte[] bytes = new byte[8 << 20];
        new Random(3).nextBytes(bytes);
        try (SshdFixture server = SshdFixture.start(Login.of("/bin/bash", home), "RekeyLimit 1M", "LogLevel DEBUG1");
                SshBox box = SshConnector.connect(server.settings(), Prompt.nobody())) {
            BoxShell shell = new BoxShell(box, new SecureRandom());
            for (int i = 0; i < 2; i++) {
                assertThat(shell.run(new BoxScript("test", "cat"), Payload.of(bytes), Duration.ofSeconds(30))
                                .output())
                        .isEqualTo(bytes);
            }
            assertThat(server.log().lines().filter(line -> line.contains("SSH2_MSG_KEXINIT received")))
                    .hasSizeGreaterThan(3);
        }
    }

    @Test
    void inputThatComesTooLateForManyCommandsDoesNotEndTheConnection() throws Exception {
        byte[] bytes = new byte[4 << 20];
        try (SshdFixture server = SshdFixture.start(Login.of("/bin/bash", home));
                SshBox box = SshConnector.connect(server.settings(), Prompt.nobody())) {
            BoxShell shell = new BoxShell(box, new SecureRandom());
            for (int i = 0; i < 40; i++) {
                assertThat(shell.run(
                                        new BoxScript("test", "exec 0<&-; echo done"),
                                        Payload.of(bytes),
                                        Duration.ofSeconds(30))
                                .text())
                        .isEqualTo("done\n");
            }
            assertThat(server.log()).doesNotContain("nonexistent channel");
        }
    }

    @Test
    void muchOnStandardErrorDoesNotEndTheConnection() throws Exception {
        try (SshdFixture server = SshdFixture.start(Login.of("/bin/bash", home));
                SshBox box = SshConnector.connect(server.settings(), Prompt.nobody())) {
            BoxShell shell = new BoxShell(box, new SecureRandom());
            BoxScript noisy = new BoxScript("test", "head -c 3000000 /dev/urandom >&2; echo last >&2; exit 7");
            assertThat(shell.run(noisy, Payload.none(), Duration.ofSeconds(30)).errorTail())
                    .endsWith("last\n");
            assertThat(shell.run(new BoxScript("test", "echo on"), Payload.none(), Duration.ofSeconds(30))
                            .text())
                    .isEqualTo("on\n");
        }
    }

    /** JSch opens no channel then, and may say so by a null. */
    @Test
    void aCommandAfterTheServersEndIsALostLink() throws Exception {
        SshdFixture server = SshdFixture.start(Login.of("/bin/bash", home));
        try (SshBox box = SshConnector.connect(server.settings(), Prompt.nobody())) {
            server.close();
            assertThatThrownBy(() -> box.start("true")).isInstanceOf(LinkLostException.class);
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (SshdFixture server : servers) {
            server.close();
        }
    }
}
