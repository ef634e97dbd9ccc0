package dev.flashvsr.deploy.box.ssh;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxContract;
import dev.flashvsr.deploy.box.Login;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The contract against a real OpenSSH server. */
class SshBoxIT extends BoxContract {
    private final List<SshdFixture> servers = new ArrayList<>();

    @Override
    protected Box connect(Login login) throws Exception {
        SshdFixture server = SshdFixture.start(login);
        servers.add(server);
        return SshConnector.connect(server.settings(), Prompt.nobody());
    }

    @AfterEach
    void stop() throws Exception {
        for (SshdFixture server : servers) {
            server.close();
        }
    }
}
