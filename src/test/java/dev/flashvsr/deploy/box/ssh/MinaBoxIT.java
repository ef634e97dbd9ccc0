package dev.flashvsr.deploy.box.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxContract;
import dev.flashvsr.deploy.box.BoxScript;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.Login;
import dev.flashvsr.deploy.box.Payload;
import dev.flashvsr.deploy.problem.DeployException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract against an embedded server, which a password opens. */
class MinaBoxIT extends BoxContract {
    private static final Prompt PERSON = new Prompt() {
        @Override
        public Optional<String> secret(String question) {
            return Optional.of(MinaServer.PASSWORD);
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

    private final List<MinaServer> servers = new ArrayList<>();

    @Override
    protected Box connect(Login login) throws Exception {
        return SshConnector.connect(server(login, true).settings(), PERSON);
    }

    private MinaServer server(Login login, boolean commands) throws Exception {
        MinaServer server = new MinaServer(login, home, commands);
        servers.add(server);
        return server;
    }

    @Test
    void withoutAPersonNoPasswordIsTried() throws Exception {
        MinaServer server = server(Login.of("/bin/bash", home), true);
        assertThatThrownBy(() -> SshConnector.connect(server.settings(), Prompt.nobody()))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("it accepts")
                .hasMessageContaining("password");
    }

    @Test
    void aServerThatRefusesCommandsIsSaidToDoSo() throws Exception {
        MinaServer server = server(Login.of("/bin/bash", home), false);
        try (SshBox box = SshConnector.connect(server.settings(), PERSON)) {
            assertThatThrownBy(() -> new BoxShell(box, new SecureRandom())
                            .run(new BoxScript("test", "true"), Payload.none(), Duration.ofSeconds(2)))
                    .isInstanceOf(DeployException.class);
        }
        assertThat(servers).hasSize(1);
    }

    @AfterEach
    void stop() throws Exception {
        for (MinaServer server : servers) {
            server.close();
        }
    }
}
