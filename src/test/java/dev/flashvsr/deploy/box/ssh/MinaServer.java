package dev.flashvsr.deploy.box.ssh;

import dev.flashvsr.deploy.box.Login;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.keyboard.DefaultKeyboardInteractiveAuthenticator;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** An embedded server that lets one password in and runs commands by a login shell of its own. */
final class MinaServer implements AutoCloseable {
    static final String PASSWORD = "correct horse";

    private final SshServer server = SshServer.setUpDefaultServer();
    private final Path directory;

    MinaServer(Login login, Path directory, boolean commands) throws Exception {
        this.directory = directory;
        KeyPair key = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(key));
        server.setPasswordAuthenticator((user, password, session) -> password.equals(PASSWORD));
        server.setKeyboardInteractiveAuthenticator(DefaultKeyboardInteractiveAuthenticator.INSTANCE);
        if (commands) {
            server.setCommandFactory((channel, line) -> new ShellCommand(login, line));
        }
        server.start();
    }

    SshSettings settings() {
        return SshSettings.of("127.0.0.1", server.getPort(), "someone", directory.resolve("mina-known"))
                .withAgent(Optional.empty())
                .withKnownHosts(java.util.List.of(), directory.resolve("mina-known"))
                .withHostKeys(new HostKeyPolicy.AcceptNew());
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    /** One command with a thread for each stream. */
    private static final class ShellCommand implements Command {
        private final Login login;
        private final String line;
        private InputStream in;
        private OutputStream out;
        private OutputStream err;
        private ExitCallback exit;

        private ShellCommand(Login login, String line) {
            this.login = login;
            this.line = line;
        }

        @Override
        public void setInputStream(InputStream stream) {
            in = stream;
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            err = stream;
        }

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(login.shell(), "-c", line)
                    .directory(login.home().toFile());
            Map<String, String> variables = builder.environment();
            variables.clear();
            variables.putAll(login.environment());
            Process process = builder.start();
            daemon(() -> {
                copy(in, process.getOutputStream());
                // A channel whose input is closed here would end the whole connection with its next packet.
                copy(in, OutputStream.nullOutputStream());
            });
            Thread output = daemon(() -> copy(process.getInputStream(), out));
            Thread error = daemon(() -> copy(process.getErrorStream(), err));
            daemon(() -> {
                try {
                    output.join();
                    error.join();
                    int status = process.waitFor();
                    exit.onExit(status);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        @Override
        public void destroy(ChannelSession channel) {
            // As sshd does it: the command goes on.
        }

        private static void copy(InputStream from, OutputStream to) {
            byte[] buffer = new byte[1 << 15];
            try (to) {
                for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                    to.write(buffer, 0, read);
                    to.flush();
                }
            } catch (IOException e) {
                // One side let go.
            }
        }

        private static Thread daemon(Runnable task) {
            Thread thread = new Thread(task, "embedded command");
            thread.setDaemon(true);
            thread.start();
            return thread;
        }
    }
}
