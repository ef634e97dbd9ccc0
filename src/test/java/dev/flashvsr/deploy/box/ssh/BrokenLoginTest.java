package dev.flashvsr.deploy.box.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashvsr.deploy.problem.DeployException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A connection that breaks while it is logged in is told in words, not by the name of a class. */
@Timeout(30)
class BrokenLoginTest {
    @TempDir
    Path home;

    @Test
    void aResetIsNamedAsOne() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread breaking = new Thread(() -> greetAndReset(server));
            breaking.setDaemon(true);
            breaking.start();
            SshSettings settings = SshSettings.of(
                            "127.0.0.1", server.getLocalPort(), "someone", home.resolve("known_hosts"))
                    .withAgent(Optional.empty())
                    .withKeys(List.of(), true);
            assertThatThrownBy(() -> SshConnector.connect(settings, Prompt.nobody()))
                    .isInstanceOf(DeployException.class)
                    .hasMessageStartingWith("The connection to ")
                    .hasMessageContaining(" broke before the login was done: Connection reset")
                    .hasMessageNotContaining("Exception");
        }
    }

    private static void greetAndReset(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write("SSH-2.0-Test\r\n".getBytes(US_ASCII));
            client.getInputStream().read();
            client.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
