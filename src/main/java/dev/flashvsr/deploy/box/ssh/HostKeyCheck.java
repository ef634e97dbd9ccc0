package dev.flashvsr.deploy.box.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import dev.flashvsr.deploy.box.LoginRefusedException;
import dev.flashvsr.deploy.problem.DeployException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides about the key that a host shows. JSch's own known_hosts code rewrites the file unsafely, fails as a whole on one
 * bad line, and knows no accept-new, so this class takes its place; JSch hears yes or no, the caller the whole story. A
 * certificate is verified by JSch, against the authorities that this class gives it.
 */
final class HostKeyCheck implements HostKeyRepository {
    private static final String HOW_TO_CHECK = "Compare it with what the provider's console shows for the box, or run"
            + " there: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub";

    /** Keywords of ssh_config(5) for other places where host keys are looked up. */
    private static final Set<String> HOST_KEY_SOURCES = Set.of("KnownHostsCommand", "VerifyHostKeyDNS");

    /** In the order of JSch's constants, which begin at 1. */
    private static final List<String> JSCH_TYPES = List.of(
            "ssh-dss", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-ed25519");

    private final SshSettings settings;
    private final Prompt prompt;
    private final boolean jump;
    private final String name;
    private final KnownHosts known;
    private final KnownHosts.Entries before;

    /** What is said of the host on port 22: as with OpenSSH it holds where nothing is said of this port. */
    private final KnownHosts.Entries withoutPort;

    private volatile boolean pinned;
    private volatile Optional<DeployException> refusal = Optional.empty();

    /** {@code jump}: the host is only gone through. */
    HostKeyCheck(SshSettings settings, Prompt prompt, boolean jump) {
        this.settings = settings;
        this.prompt = prompt;
        this.jump = jump;
        this.name = settings.hostKeyAlias()
                .orElse(settings.port() == 22 ? settings.host() : "[" + settings.host() + "]:" + settings.port());
        this.known = new KnownHosts(settings.acceptedKeys(), settings.knownHosts());
        this.before = known.of(name);
        boolean otherPort = settings.hostKeyAlias().isEmpty() && settings.port() != 22;
        this.withoutPort = otherPort ? known.of(settings.host()) : new KnownHosts.Entries(List.of());
    }

    /** Why the key was refused, once it was. */
    Optional<DeployException> refusal() {
        return refusal;
    }

    /** Whether the key was accepted for its fingerprint alone. */
    boolean pinned() {
        return pinned;
    }

    /** The host, in a message. */
    private String host() {
        return (jump ? "the jump host " : "") + settings.label();
    }

    @Override
    public int check(String host, byte[] key) {
        try {
            decide(key);
            return OK;
        } catch (DeployException e) {
            refusal = Optional.of(e);
            return NOT_INCLUDED;
        }
    }

    private void decide(byte[] key) {
        String shown = PublicKey.fingerprint(key);
        refuseRevoked(key, shown);
        if (settings.hostKeys() instanceof HostKeyPolicy.Exactly exactly) {
            decideExactly(key, shown, exactly.fingerprint());
        } else if (!before.has(key) && !isKnownWithoutPort(key)) {
            decideUnknown(key, shown);
        }
    }

    private void refuseRevoked(byte[] key, String shown) {
        unreadable().stream()
                .filter(entry -> entry.line().marker().equals(KnownHostLine.REVOKED))
                .findFirst()
                .ifPresent(entry -> {
                    throw unreadable(
                            entry, "Correct or remove that line: a key that must not be trusted can't be told by it.");
                });
        if (allRevoked().anyMatch(revoked -> Arrays.equals(revoked.blob(), key))) {
            throw revoked(shown);
        }
    }

    private Stream<PublicKey> allRevoked() {
        return Stream.concat(
                Stream.concat(before.revoked().stream(), withoutPort.revoked().stream()),
                settings.revokedKeys().stream().flatMap(file -> new RevokedKeys(file).keys().stream()));
    }

    /** A key, or the authority that certifies it, that must not be trusted. */
    DeployException revoked(String shown) {
        return unreachable(
                "The host key of " + host() + " (" + shown + ") is marked as revoked here.",
                "Do not connect: somebody may have stolen this key. Ask the provider.");
    }

    private void decideExactly(byte[] key, String shown, String wanted) {
        String normal = normal(wanted);
        if (!normal.equals(shown)) {
            throw unreachable(
                    sentence(host()) + " shows the host key " + shown + ", not " + normal + ".",
                    "This is another machine than the one you mean, or a wrong fingerprint. " + HOW_TO_CHECK);
        }
        if (!before.has(key)) {
            known.accept(name, type(key), key);
        }
        pinned = true;
    }

    private static String normal(String fingerprint) {
        return (fingerprint.startsWith("SHA256:") ? fingerprint : "SHA256:" + fingerprint).replaceAll("=+$", "");
    }

    private List<KnownHosts.Entry> unreadable() {
        return Stream.concat(before.unreadable().stream(), withoutPort.unreadable().stream())
                .toList();
    }

    private boolean isKnownWithoutPort(byte[] key) {
        return before.keys().isEmpty() && withoutPort.has(key);
    }

    private void decideUnknown(byte[] key, String shown) {
        if (!before.keys().isEmpty()) {
            throw changed(shown);
        }
        if (settings.hostKeys() instanceof HostKeyPolicy.AcceptIf accept
                && normal(accept.fingerprint()).equals(shown)) {
            pinned = true;
        } else if (!unreadable().isEmpty()) {
            throw unreadable(
                    unreadable().get(0),
                    "Remove that line: then the key is treated as not known. If the key that it shows now, " + shown
                            + ", is right, accept it in place of the line with " + option(shown) + ". "
                            + HOW_TO_CHECK);
        } else if (!isAccepted(key, shown)) {
            throw unreachable(
                    "The host key of " + host() + " is not known. It shows " + type(key) + " " + shown + "."
                            + notAsked(),
                    HOW_TO_CHECK + "\nIf it is right, add " + option(shown)
                            + " (or --accept-new-host-key to accept whatever it shows the first time).");
        }
        known.accept(name, type(key), key);
    }

    private boolean isAccepted(byte[] key, String shown) {
        return settings.hostKeys() instanceof HostKeyPolicy.AcceptNew
                || (!(settings.hostKeys() instanceof HostKeyPolicy.KnownOnly)
                        && prompt.yes("The host key of " + host() + " is not known yet. It shows " + type(key) + " "
                                + shown + "." + notAsked() + "\n" + HOW_TO_CHECK + "\nIs it the right one?"));
    }

    /** What else OpenSSH would have looked at. */
    private String notAsked() {
        String sources = settings.unsupported().stream()
                .filter(HOST_KEY_SOURCES::contains)
                .collect(Collectors.joining(" and "));
        String authority = authorities().isEmpty()
                ? ""
                : " A @cert-authority line is for it, but it shows no valid certificate of that authority.";
        return sources.isEmpty()
                ? authority
                : authority + " The SSH configuration sets " + sources + ", which this program does not use.";
    }

    private String option(String shown) {
        return "--host-key " + (jump ? settings.label() + "=" : "") + shown;
    }

    private DeployException unreadable(KnownHosts.Entry entry, String next) {
        return unreachable(
                "The line " + entry.place() + " is for " + host()
                        + ", but holds no key that can be read: it is cut off or damaged.",
                next);
    }

    private DeployException changed(String shown) {
        String expected = before.keys().stream()
                .map(entry -> PublicKey.fingerprint(entry.key().orElseThrow().blob()) + " (in " + entry.place() + ")")
                .distinct()
                .collect(Collectors.joining(", "));
        return unreachable(
                "The host key of " + host() + " has changed: known is " + expected + ", it shows " + shown + ".",
                "Rented boxes often come back at the address of another one; but it may also be somebody in between. "
                        + HOW_TO_CHECK + "\nIf it is right, accept this key in place of the old one with "
                        + option(shown));
    }

    private static DeployException unreachable(String what, String next) {
        return new LoginRefusedException(what, next);
    }

    private static String sentence(String text) {
        return text.startsWith("the ") ? "The" + text.substring(3) : text;
    }

    /** The name that a key's bytes begin with: RFC 4253, section 6.6. */
    private static String type(byte[] key) {
        return PublicKey.of(key).map(PublicKey::type).orElse("a key");
    }

    /** Whether certificates are asked for before keys: somebody trusted may have signed one. */
    boolean hasAuthority() {
        return !(settings.hostKeys() instanceof HostKeyPolicy.Exactly)
                && !authorities().isEmpty();
    }

    private List<PublicKey> authorities() {
        return Stream.concat(before.authorities().stream(), withoutPort.authorities().stream())
                .toList();
    }

    /** Asked before the key exchange, so that the host shows a key of a type that we know, as OpenSSH does. */
    @Override
    public HostKey[] getHostKey(String host, String type) {
        return before.keys().stream()
                .flatMap(entry -> entry.key().stream())
                .flatMap(key -> hostKey("", key).stream())
                .filter(key -> type == null || key.getType().equals(type))
                .toArray(HostKey[]::new);
    }

    private Optional<HostKey> hostKey(String marker, PublicKey key) {
        int type = JSCH_TYPES.indexOf(key.type()) + 1;
        try {
            return type == 0 ? Optional.empty() : Optional.of(new HostKey(marker, name, type, key.blob(), ""));
        } catch (JSchException e) {
            return Optional.empty();
        }
    }

    /** Asked when the host shows a certificate: with a fingerprint that is given, its key alone counts. */
    @Override
    public HostKey[] getHostKey() {
        if (settings.hostKeys() instanceof HostKeyPolicy.Exactly) {
            return new HostKey[0];
        }
        Stream<HostKey> trusted =
                authorities().stream().flatMap(key -> hostKey(KnownHostLine.CERT_AUTHORITY, key).stream());
        Stream<HostKey> revoked = allRevoked().flatMap(key -> hostKey(KnownHostLine.REVOKED, key).stream());
        return Stream.concat(trusted, revoked).toArray(HostKey[]::new);
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
