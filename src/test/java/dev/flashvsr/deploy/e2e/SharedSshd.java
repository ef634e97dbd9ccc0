package dev.flashvsr.deploy.e2e;

import dev.flashvsr.deploy.box.Login;
import dev.flashvsr.deploy.box.ssh.SshdFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One real SSH server for all tests of a class, whose login is in bash, in a home that is empty at first. */
final class SharedSshd implements BeforeAllCallback, AfterAllCallback {
    private final String[] more;
    private Path home;
    private SshdFixture server;

    /** {@code more} lines go on top of its configuration. */
    SharedSshd(String... more) {
        this.more = more;
    }

    SshdFixture server() {
        return server;
    }

    /** Where a login begins. */
    Path home() {
        return home;
    }

    /** A box of its own for a test, in the test's directory. */
    SmallBox box(Path directory) throws IOException {
        return SmallBox.of(directory, server);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        home = Files.createTempDirectory("sshd-home");
        server = SshdFixture.start(Login.of("/bin/bash", home), more);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (server != null) {
            server.close();
        }
        if (home != null) {
            Shell.run("rm", "-r", "-f", home.toString());
        }
    }
}
