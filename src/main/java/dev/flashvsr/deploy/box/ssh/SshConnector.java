package dev.flashvsr.deploy.box.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchRevokedHostKeyException;
import com.jcraft.jsch.Session;
import dev.flashvsr.deploy.box.Deadline;
import dev.flashvsr.deploy.problem.DeployException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Connects and logs in. A session of JSch can't be used again after a failure, and everything that is global in JSch is
 * left alone, so each connection has a {@link JSch} of its own.
 */
public final class SshConnector {
    /**
     * The exchanges that hold against quantum computers come last, for servers that have no other: their classes have to be
     * loaded at each start.
     */
    private static final String KEX = "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,"
            + "ecdh-sha2-nistp384,ecdh-sha2-nistp521,diffie-hellman-group-exchange-sha256,"
            + "diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,diffie-hellman-group14-sha256,"
            + "mlkem768x25519-sha256,sntrup761x25519-sha512,sntrup761x25519-sha512@openssh.com";

    private static final String HOST_KEYS =
            "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,rsa-sha2-512,rsa-sha2-256";
    private static final String CERTIFICATES = "ssh-ed25519-cert-v01@openssh.com,"
            + "ecdsa-sha2-nistp256-cert-v01@openssh.com,ecdsa-sha2-nistp384-cert-v01@openssh.com,"
            + "ecdsa-sha2-nistp521-cert-v01@openssh.com,rsa-sha2-512-cert-v01@openssh.com,"
            + "rsa-sha2-256-cert-v01@openssh.com";

    /** Only an agent signs with what lies in a hardware token. */
    private static final String USER_KEYS = HOST_KEYS + "," + CERTIFICATES
            + ",sk-ssh-ed25519@openssh.com,sk-ecdsa-sha2-nistp256@openssh.com,"
            + "sk-ssh-ed25519-cert-v01@openssh.com,sk-ecdsa-sha2-nistp256-cert-v01@openssh.com";

    /**
     * GCM first: as the launcher starts Java, it takes a quarter of the time of CTR with the hash that this needs besides.
     * ChaCha20 is slower still, and for servers that have nothing else.
     */
    private static final String CIPHERS =
            "aes128-gcm@openssh.com,aes256-gcm@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr,"
                    + "chacha20-poly1305@openssh.com";

    /** Without SHA-1: every server that has the exchanges and ciphers above has one of these. */
    private static final String MACS =
            "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512";

    private static final Duration LOGIN_LIMIT = Duration.ofMinutes(2);

    private SshConnector() {}

    /**
     * Connects to a host, through its jump hosts where it has any.
     *
     * @throws DeployException exit status 3, when it can't be reached or logged in to, or its host key is not accepted
     */
    public static SshBox connect(SshSettings settings, Prompt prompt) {
        List<Connection> way = new ArrayList<>();
        try {
            boolean pinned = false;
            for (SshSettings jump : settings.jumps()) {
                Connection connection = next(way, jump, prompt, true);
                way.add(connection);
                pinned |= connection.pinned();
            }
            way.add(next(way, pinned ? withPinUsed(settings) : settings, prompt, false));
            return new SshBox(settings.label(), way);
        } catch (RuntimeException e) {
            way.forEach(Connection::close);
            throw e;
        }
    }

    /** A fingerprint without a host that was that of a jump host says nothing against the box's known key. */
    private static SshSettings withPinUsed(SshSettings settings) {
        return settings.hostKeys() instanceof HostKeyPolicy.Exactly exactly
                ? settings.withHostKeys(new HostKeyPolicy.AcceptIf(exactly.fingerprint()))
                : settings;
    }

    private static Connection next(List<Connection> way, SshSettings settings, Prompt prompt, boolean jumpHost) {
        if (way.isEmpty()) {
            try {
                Link link = Link.connect(settings.host(), settings.port(), settings.connectTimeout());
                return login(settings, prompt, link, jumpHost);
            } catch (IOException e) {
                throw SshFailures.noConnection(settings, e);
            }
        }
        Connection jump = way.get(way.size() - 1);
        try {
            // A port on loopback that is open for one connection: JSch's timeouts need a socket.
            int port = jump.session().setPortForwardingL("127.0.0.1", 0, settings.host(), settings.port());
            Link link = Link.connect("127.0.0.1", port, settings.connectTimeout());
            try {
                return login(settings, prompt, link, jumpHost);
            } catch (DeployException e) {
                // The forwarded socket is closed at once when the jump host can't reach the next one.
                throw String.valueOf(e.getMessage()).contains("closed by foreign host")
                        ? SshFailures.jumpFailed(jump.settings(), settings, e)
                        : e;
            } finally {
                jump.session().delPortForwardingL("127.0.0.1", port);
            }
        } catch (JSchException | IOException e) {
            throw SshFailures.jumpFailed(jump.settings(), settings, e);
        }
    }

    private static Connection login(SshSettings settings, Prompt prompt, Link link, boolean jumpHost) {
        JSch jsch = new JSch();
        jsch.setInstanceLogger(new JschLog());
        LoginDialog dialog = new LoginDialog(prompt, settings.label());
        HostKeyCheck hostKey = new HostKeyCheck(settings, prompt, jumpHost);
        OfferedKeys keys = OfferedKeys.of(settings, jsch, dialog);
        try {
            Session session = jsch.getSession(settings.user(), settings.host(), settings.port());
            session.setSocketFactory(link);
            session.setHostKeyRepository(hostKey);
            settings.hostKeyAlias().ifPresent(session::setHostKeyAlias);
            session.setIdentityRepository(keys);
            session.setUserInfo(dialog);
            session.setDaemonThread(true);
            session.setConfig(config(keys, hostKey, prompt.attended()));
            // That limit is on the silence between two bytes, and no person waits for a box that sends one by one.
            try (Deadline deadline = new Deadline(LOGIN_LIMIT, () -> late(link, prompt))) {
                session.connect((int) settings.connectTimeout().toMillis());
            }
            link.loggedIn();
            // From here on the link watch keeps the time: see there.
            session.setTimeout(0);
            boolean pinned = settings.hostKeys() instanceof HostKeyPolicy.AcceptIf && hostKey.pinned();
            return new Connection(settings, session, link, new LinkWatch(session, link, settings.keepAlive()), pinned);
        } catch (JSchException e) {
            link.close();
            throw hostKey.refusal()
                    .orElseGet(() -> e instanceof JSchRevokedHostKeyException
                            ? hostKey.revoked("a certificate, by its key or its authority")
                            : SshFailures.noSession(settings, e, dialog, keys, link));
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
    }

    /** A person may take any time to find a password, and can press Ctrl-C. */
    private static void late(Link link, Prompt prompt) {
        if (!prompt.attended()) {
            link.giveUp("no login within " + LOGIN_LIMIT.toSeconds() + " s");
        }
    }

    private static Properties config(OfferedKeys keys, HostKeyCheck hostKey, boolean attended) {
        Properties config = new Properties();
        config.put("StrictHostKeyChecking", "yes");
        config.put("kex", KEX);
        config.put("server_host_key", hostKeys(hostKey));
        config.put("PubkeyAcceptedAlgorithms", USER_KEYS);
        config.put("cipher.c2s", CIPHERS);
        config.put("cipher.s2c", CIPHERS);
        config.put("mac.c2s", MACS);
        config.put("mac.s2c", MACS);
        // Each would try out at every connection whether this Java has an algorithm; Java 17 has all of the above.
        config.put("CheckKexes", "");
        config.put("CheckCiphers", "");
        config.put("CheckSignatures", "");
        // What can't work is not tried: each method costs a round trip.
        config.put("PreferredAuthentications", attended ? "publickey,password,keyboard-interactive" : "publickey");
        // To ask first whether a key would do saves a passphrase or the agent's work, but costs a round trip.
        config.put("enable_pubkey_auth_query", keys.onlyPlainFiles() ? "no" : "yes");
        return config;
    }

    /** Certificates first only where an authority is known: to verify one takes longer than to look up a key. */
    private static String hostKeys(HostKeyCheck check) {
        return check.hasAuthority() ? CERTIFICATES + "," + HOST_KEYS : HOST_KEYS + "," + CERTIFICATES;
    }

    /** A session with all that it stands on; {@code pinned}: its host key was accepted for the fingerprint given for the box. */
    record Connection(SshSettings settings, Session session, Link link, LinkWatch watch, boolean pinned)
            implements AutoCloseable {
        /** The socket first: everything else could wait for a frozen link. */
        @Override
        public void close() {
            watch.close();
            link.close();
            LinkWatch.daemon().newThread(session::disconnect).start();
        }

        Duration silence() {
            return link.silence();
        }
    }
}
