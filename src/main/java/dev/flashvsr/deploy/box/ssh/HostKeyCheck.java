package dev.flashvsr.deploy.box.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import dev.flashvsr.deploy.box.LoginRefusedException;
import dev.flashvsr.deploy.problem.DeployException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides about the key that a host shows. JSch's own known_hosts code rewrites the file unsafely, fails as a whole on one
 * bad line, and knows no accept-new, so this class takes its place; JSch hears yes or no, the caller the whole story.
 */
final class HostKeyCheck implements HostKeyRepository {
    private static final String HOW_TO_CHECK = "Compare it with what the provider's console shows for the box, or run"
            + " there: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub";

    private final SshSettings settings;
    private final Prompt prompt;
    private final KnownHosts known;
    private volatile Optional<DeployException> refusal = Optional.empty();

    HostKeyCheck(SshSettings settings, Prompt prompt) {
        this.settings = settings;
        this.prompt = prompt;
        this.known = new KnownHosts(settings.acceptedKeys(), settings.knownHosts());
    }

    /** Why the key was refused, once it was. */
    Optional<DeployException> refusal() {
        return refusal;
    }

    @Override
    public int check(String name, byte[] key) {
        try {
            decide(name, key);
            return OK;
        } catch (DeployException e) {
            refusal = Optional.of(e);
            return NOT_INCLUDED;
        }
    }

    private void decide(String name, byte[] key) {
        String shown = fingerprint(key);
        if (known.isRevoked(name, key)) {
            throw unreachable(
                    "The host key of " + settings.label() + " (" + shown
                            + ") is marked as revoked in a known_hosts file.",
                    "Do not connect: somebody may have stolen this key. Ask the provider.");
        }
        Optional<KnownHosts.Known> before = known.find(name);
        if (settings.hostKeys() instanceof HostKeyPolicy.Exactly exactly) {
            decideExactly(name, key, shown, exactly.fingerprint(), before);
        } else if (before.isEmpty()) {
            decideNew(name, key, shown);
        } else if (!before.get().has(key)) {
            throw changed(shown, before.get());
        }
    }

    private void decideExactly(
            String name, byte[] key, String shown, String wanted, Optional<KnownHosts.Known> before) {
        String normal = (wanted.startsWith("SHA256:") ? wanted : "SHA256:" + wanted).replaceAll("=+$", "");
        if (!normal.equals(shown)) {
            throw unreachable(
                    settings.label() + " shows the host key " + shown + ", not " + normal + ".",
                    "This is another machine than the one you mean, or a wrong fingerprint. " + HOW_TO_CHECK);
        }
        if (before.isEmpty() || !before.get().has(key)) {
            known.accept(name, type(key), key);
        }
    }

    private void decideNew(String name, byte[] key, String shown) {
        boolean accepted = settings.hostKeys() instanceof HostKeyPolicy.AcceptNew
                || prompt.yes("The host key of " + settings.label() + " is not known yet. It shows " + type(key) + " "
                        + shown + ".\n" + HOW_TO_CHECK + "\nIs it the right one?");
        if (!accepted) {
            throw unreachable(
                    "The host key of " + settings.label() + " is not known. It shows " + type(key) + " " + shown + ".",
                    HOW_TO_CHECK + "\nIf it is right, add --host-key " + shown
                            + " (or --accept-new-host-key to accept whatever it shows the first time).");
        }
        known.accept(name, type(key), key);
    }

    private DeployException changed(String shown, KnownHosts.Known before) {
        String expected = before.keys().stream().map(HostKeyCheck::fingerprint).collect(Collectors.joining(", "));
        return unreachable(
                "The host key of " + settings.label() + " has changed: known is " + expected + " (in " + before.file()
                        + "), it shows " + shown + ".",
                "Rented boxes often come back at the address of another one; but it may also be somebody in between. "
                        + HOW_TO_CHECK + "\nIf it is right, accept this key in place of the old one with --host-key "
                        + shown);
    }

    private static DeployException unreachable(String what, String next) {
        return new LoginRefusedException(what, next);
    }

    /** As OpenSSH prints it. */
    static String fingerprint(byte[] key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The name that a key's bytes begin with: RFC 4253, section 6.6. */
    private static String type(byte[] key) {
        int length = ByteBuffer.wrap(key).getInt();
        return new String(key, 4, length, StandardCharsets.US_ASCII);
    }

    /** Asked before the key exchange, so that the host shows a key of a type that we know, as OpenSSH does. */
    @Override
    public HostKey[] getHostKey(String name, String type) {
        return known.find(name).map(KnownHosts.Known::keys).orElse(List.of()).stream()
                .map(key -> hostKey(name, key))
                .flatMap(Optional::stream)
                .filter(key -> type == null || key.getType().equals(type))
                .toArray(HostKey[]::new);
    }

    private static Optional<HostKey> hostKey(String name, byte[] key) {
        try {
            return Optional.of(new HostKey(name, key));
        } catch (JSchException e) {
            return Optional.empty();
        }
    }

    @Override
    public HostKey[] getHostKey() {
        return new HostKey[0];
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return Objects.toString(settings.acceptedKeys());
    }

    @Override
    public void add(HostKey key, UserInfo ui) {
        // Accepted keys are noted by check().
    }

    @Override
    public void remove(String host, String type) {
        // Nothing is removed on JSch's word.
    }

    @Override
    public void remove(String host, String type, byte[] key) {
        // As above.
    }
}
