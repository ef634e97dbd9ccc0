package dev.flashvsr.deploy.rehearsal;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;

/**
 * A box in a directory: an SSH server on 127.0.0.1 whose commands run as this user, with a HOME, a root and a PATH of
 * their own. What was started there goes on when the server ends, as on a rented machine. The directory is kept.
 */
public final class RehearsalBox implements AutoCloseable {
    private final SshServer server;
    private final SshKeys keys;
    private final BoxDirectory directory;
    private final String user;
    private final List<String> standIns;
    private final String pythonVersion;

    private RehearsalBox(
            SshServer server,
            SshKeys keys,
            BoxDirectory directory,
            String user,
            List<String> standIns,
            String pythonVersion) {
        this.server = server;
        this.keys = keys;
        this.directory = directory;
        this.user = user;
        this.standIns = standIns;
        this.pythonVersion = pythonVersion;
    }

    /**
     * Starts the box in a directory, which is made where it is missing.
     *
     * @throws DeployException if the directory can't be written
     */
    public static RehearsalBox start(Path directory) {
        return start(directory, Optional.ofNullable(System.getenv("PATH")).orElse("/usr/local/bin:/usr/bin:/bin"));
    }

    /** As above, where this machine has the programs of the PATH {@code searched}. */
    static RehearsalBox start(Path directory, String searched) {
        Path path = directory.toAbsolutePath().normalize();
        String user = System.getProperty("user.name", "rehearsal");
        try {
            BoxDirectory box = new BoxDirectory(path.resolve("box"));
            SshKeys keys = new SshKeys(Files.createDirectories(path.resolve("ssh")));
            List<String> standIns = box.prepare(searched);
            Map<String, String> environment = box.environment(user, searched);
            StickyPort port = new StickyPort(path.resolve("ssh/port"));
            KeyPair host = keys.host();
            KeyPair login = keys.user();
            SshServer server = port.bind(address -> {
                SshServer one = SshServer.setUpDefaultServer();
                one.setHost("127.0.0.1");
                one.setPort(address.getPort());
                one.setKeyPairProvider(KeyPairProvider.wrap(host));
                one.setPublickeyAuthenticator(
                        (name, key, session) -> name.equals(user) && KeyUtils.compareKeys(key, login.getPublic()));
                one.setCommandFactory((channel, command) -> new ShellCommand(command, environment, box.home()));
                one.start();
                return one;
            });
            port.remember(server.getPort());
            keys.writeKnownHosts(server.getPort(), host.getPublic());
            String python = LocalPython.version(searched).orElse(LocalPython.STANDIN_VERSION);
            return new RehearsalBox(server, keys, box, user, standIns, python);
        } catch (IOException | GeneralSecurityException e) {
            throw new DeployException(
                    ExitCode.FAILED,
                    "The rehearsal's box could not be started in " + path + ": " + e.getMessage(),
                    "Check that this directory can be written, or choose another by --state-dir.",
                    e);
        }
    }

    /** Where it listens: always this machine alone. */
    public String host() {
        return "127.0.0.1";
    }

    /** Where it listens. */
    public int port() {
        return server.getPort();
    }

    /** Who may log in. */
    public String user() {
        return user;
    }

    /** The private key that logs in, as OpenSSH writes it, without a passphrase. */
    public Path identity() {
        return keys.identity();
    }

    /** A known_hosts file that holds the server's key. */
    public Path knownHosts() {
        return keys.knownHosts();
    }

    /** The value of the variable {@code root}: where the playbook installs. */
    public Path root() {
        return directory.root();
    }

    /** The programs that are not the real ones here, in alphabetical order. */
    public List<String> standIns() {
        return standIns;
    }

    /** Of the Python that environments in this box are made of, such as {@code 3.11.7}. */
    String pythonVersion() {
        return pythonVersion;
    }

    /** Lets the next attempt of this step fail, and of no other; empty: of none. */
    public void failAt(Optional<String> step) {
        FailOnce failure = new FailOnce(directory.failing());
        try {
            failure.disarm();
            if (step.isPresent()) {
                failure.arm(step.get());
            }
        } catch (IOException e) {
            throw new DeployException(
                    ExitCode.FAILED,
                    "What is to fail could not be written to " + directory.failing() + ": " + e.getMessage(),
                    "Check that this directory can be written.",
                    e);
        }
    }

    /** Ends the server and its connections; what runs in sessions of its own goes on. */
    @Override
    public void close() {
        try {
            server.close(true).await(Duration.ofSeconds(5));
            server.stop(true);
        } catch (IOException e) {
            // There is nothing to be lost with it.
        }
    }
}
