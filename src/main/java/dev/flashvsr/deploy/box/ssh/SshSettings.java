package dev.flashvsr.deploy.box.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All that is needed to reach one host by SSH, resolved: nothing else is read from configuration files.
 *
 * @param label what the user calls it
 * @param host name or address
 * @param port TCP port
 * @param user login name
 * @param hostKeyAlias the name that its key is known under, where it is not the host
 * @param keys key files to try, in order; one that is missing is an error if it is required
 * @param certificates files of certificates for these keys, or for keys of the agent
 * @param keysOnly offer these keys alone, none that only the agent has
 * @param agentSocket the agent's socket, where there is one
 * @param jumps hosts to go through, the first one first; they are reached with their own settings
 * @param connectTimeout for the TCP connection, and for each answer during login
 * @param keepAlive how a silent link is noticed
 * @param knownHosts files of known keys that are only read
 * @param acceptedKeys the file that keys accepted by this program go to; it is looked at first, and may be missing
 * @param hostKeys what to do with a key that is not known
 * @param revokedKeys a file of host keys that are never trusted
 * @param unsupported keywords of the SSH configuration that are set, matter for a login, and are not used here
 */
public record SshSettings(
        String label,
        String host,
        int port,
        String user,
        Optional<String> hostKeyAlias,
        List<Key> keys,
        List<Path> certificates,
        boolean keysOnly,
        Optional<Path> agentSocket,
        List<SshSettings> jumps,
        Duration connectTimeout,
        KeepAlive keepAlive,
        List<Path> knownHosts,
        Path acceptedKeys,
        HostKeyPolicy hostKeys,
        Optional<Path> revokedKeys,
        List<String> unsupported) {
    /** With copies. */
    public SshSettings {
        keys = List.copyOf(keys);
        certificates = List.copyOf(certificates);
        unsupported = List.copyOf(unsupported);
        jumps = List.copyOf(jumps);
        knownHosts = List.copyOf(knownHosts);
    }

    /** A file with a private key, or the public half of one that the agent has; one that is not required is left out when it is missing. */
    public record Key(Path file, boolean required) {}

    /** With usual values: the agent and known hosts of this user, no key files, unknown host keys asked for. */
    public static SshSettings of(String host, int port, String user, Path acceptedKeys) {
        return new SshSettings(
                user + "@" + host + (port == 22 ? "" : ":" + port),
                host,
                port,
                user,
                Optional.empty(),
                List.of(),
                List.of(),
                false,
                Optional.ofNullable(System.getenv("SSH_AUTH_SOCK"))
                        .filter(socket -> !socket.isEmpty())
                        .map(Path::of),
                List.of(),
                Duration.ofSeconds(15),
                KeepAlive.USUAL,
                List.of(Path.of(System.getProperty("user.home"), ".ssh", "known_hosts")),
                acceptedKeys,
                new HostKeyPolicy.Ask(),
                Optional.empty(),
                List.of());
    }

    /** The same under another label. */
    public SshSettings withLabel(String other) {
        return with(draft -> draft.label = other);
    }

    /** The same with this key alone, which must be there: {@code --identity}. */
    public SshSettings withIdentity(Path file) {
        return withKeys(List.of(new Key(file, true)), true);
    }

    /** The same with these keys. */
    public SshSettings withKeys(List<Key> others, boolean only) {
        return with(draft -> {
            draft.keys = others;
            draft.keysOnly = only;
        });
    }

    /** The same with these certificates, too. */
    public SshSettings withCertificates(List<Path> files) {
        return with(draft -> draft.certificates = files);
    }

    /** The same with this agent, or none. */
    public SshSettings withAgent(Optional<Path> socket) {
        return with(draft -> draft.agentSocket = socket);
    }

    /** The same through these hosts. */
    public SshSettings withJumps(List<SshSettings> through) {
        return with(draft -> draft.jumps = through);
    }

    /** The same with another limit. */
    public SshSettings withConnectTimeout(Duration limit) {
        return with(draft -> draft.connectTimeout = limit);
    }

    /** The same with another way to notice a silent link. */
    public SshSettings withKeepAlive(KeepAlive other) {
        return with(draft -> draft.keepAlive = other);
    }

    /** The same with other files of known keys. */
    public SshSettings withKnownHosts(List<Path> readOnly, Path accepted) {
        return with(draft -> {
            draft.knownHosts = readOnly;
            draft.acceptedKeys = accepted;
        });
    }

    /** The same with its key known under this name. */
    public SshSettings withHostKeyAlias(Optional<String> alias) {
        return with(draft -> draft.hostKeyAlias = alias);
    }

    /** The same with this policy. */
    public SshSettings withHostKeys(HostKeyPolicy policy) {
        return with(draft -> draft.hostKeys = policy);
    }

    /** The same with a file of keys that are never trusted. */
    public SshSettings withRevokedKeys(Optional<Path> file) {
        return with(draft -> draft.revokedKeys = file);
    }

    /** The same with these keywords named where a login fails. */
    public SshSettings withUnsupported(List<String> keywords) {
        return with(draft -> draft.unsupported = keywords);
    }

    private SshSettings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** Settings that are being changed. */
    private static final class Draft {
        private final SshSettings from;
        private String label;
        private Optional<String> hostKeyAlias;
        private List<Key> keys;
        private List<Path> certificates;
        private boolean keysOnly;
        private Optional<Path> agentSocket;
        private List<SshSettings> jumps;
        private Duration connectTimeout;
        private KeepAlive keepAlive;
        private List<Path> knownHosts;
        private Path acceptedKeys;
        private HostKeyPolicy hostKeys;
        private Optional<Path> revokedKeys;
        private List<String> unsupported;

        Draft(SshSettings from) {
            this.from = from;
            label = from.label;
            hostKeyAlias = from.hostKeyAlias;
            keys = from.keys;
            certificates = from.certificates;
            keysOnly = from.keysOnly;
            agentSocket = from.agentSocket;
            jumps = from.jumps;
            connectTimeout = from.connectTimeout;
            keepAlive = from.keepAlive;
            knownHosts = from.knownHosts;
            acceptedKeys = from.acceptedKeys;
            hostKeys = from.hostKeys;
            revokedKeys = from.revokedKeys;
            unsupported = from.unsupported;
        }

        SshSettings settings() {
            return new SshSettings(
                    label,
                    from.host,
                    from.port,
                    from.user,
                    hostKeyAlias,
                    keys,
                    certificates,
                    keysOnly,
                    agentSocket,
                    jumps,
                    connectTimeout,
                    keepAlive,
                    knownHosts,
                    acceptedKeys,
                    hostKeys,
                    revokedKeys,
                    unsupported);
        }
    }
}
