package dev.flashvsr.deploy.box.ssh;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SSHAgentConnector;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * The keys that a server is offered, and in which order: the chosen files (signed by the agent where it has them, so that
 * no passphrase is needed; each after the certificates for it), then what else the agent has. No more than {@link #MOST},
 * because a server hangs up after six refused ones (MaxAuthTries).
 */
final class OfferedKeys implements IdentityRepository {
    private static final int MOST = 6;

    private final List<OfferedKey> identities;
    private final int leftOut;
    private final boolean onlyPlainFiles;
    private final List<Unusable> unusable;

    private OfferedKeys(List<OfferedKey> all, boolean onlyPlainFiles, List<Unusable> unusable) {
        this.identities = List.copyOf(all.subList(0, Math.min(MOST, all.size())));
        this.leftOut = all.size() - identities.size();
        this.onlyPlainFiles = onlyPlainFiles;
        this.unusable = List.copyOf(unusable);
    }

    static OfferedKeys of(SshSettings settings, JSch jsch, LoginDialog dialog) {
        return new Choice(settings, jsch, dialog).choose();
    }

    /**
     * Something that was to be offered and can't be.
     *
     * @param what with the reason, as part of a sentence
     * @param remedy what to do about it
     */
    record Unusable(String what, String remedy) {}

    /** What was named and could not be offered. */
    List<Unusable> unusable() {
        return unusable;
    }

    /** Whether to sign with a key costs no person and no agent anything: then the server need not be asked first. */
    boolean onlyPlainFiles() {
        return onlyPlainFiles;
    }

    /** How many more there are, which were not offered. */
    int leftOut() {
        return leftOut;
    }

    /** The names of those that the server has seen. */
    List<String> shown() {
        return names(identities.stream().filter(OfferedKey::shown));
    }

    /** The names of those that the server was not shown: it takes none of their kind. */
    List<String> notShown() {
        return names(identities.stream().filter(key -> !key.shown()));
    }

    /** The last one that signed. */
    Optional<String> lastSigned() {
        List<String> signed = names(identities.stream().filter(OfferedKey::signed));
        return signed.isEmpty() ? Optional.empty() : Optional.of(signed.get(signed.size() - 1));
    }

    /** Certificates among those shown that are no longer valid. */
    List<String> expired(Instant now) {
        return names(identities.stream()
                .filter(OfferedKey::shown)
                .filter(key -> key.publicKey()
                        .flatMap(PublicKey::validBefore)
                        .filter(end -> end.isBefore(now))
                        .isPresent()));
    }

    private static List<String> names(Stream<OfferedKey> keys) {
        return keys.map(OfferedKey::getName).toList();
    }

    /** The choice in the making. */
    private static final class Choice {
        private final SshSettings settings;
        private final JSch jsch;
        private final LoginDialog dialog;
        private final List<Identity> agent;
        private final List<PublicKey> usedCertificates = new ArrayList<>();
        private final List<OfferedKey> offered = new ArrayList<>();
        private final List<Unusable> unusable = new ArrayList<>();
        private boolean plain = true;

        Choice(SshSettings settings, JSch jsch, LoginDialog dialog) {
            this.settings = settings;
            this.jsch = jsch;
            this.dialog = dialog;
            this.agent = settings.agentSocket().map(OfferedKeys::agent).orElse(List.of());
        }

        OfferedKeys choose() {
            settings.agentSocket().filter(socket -> !Files.exists(socket)).ifPresent(this::noAgent);
            settings.keys().forEach(this::file);
            settings.certificates().forEach(this::forAgent);
            if (!settings.keysOnly()) {
                agent.forEach(this::other);
            }
            return new OfferedKeys(offered, plain, unusable);
        }

        private void noAgent(Path socket) {
            unusable.add(new Unusable("the agent at " + socket + " (there is no such socket)", "Start the agent."));
        }

        private void file(SshSettings.Key named) {
            KeyFile file = KeyFile.read(named.file());
            Optional<Identity> fromAgent = file.key().flatMap(this::inAgent);
            Optional<Identity> signer = fromAgent.or(() -> load(file, named.required()));
            if (signer.isEmpty()) {
                return;
            }
            plain &= fromAgent.isEmpty() && !signer.get().isEncrypted();
            Identity key = fromAgent.orElseGet(() -> LockedKey.of(signer.get(), dialog));
            Stream.concat(settings.certificates().stream(), Stream.of(file.certificate()))
                    .distinct()
                    .forEach(certificate -> certified(certificate, key));
            offer(OfferedKey.of(key));
        }

        /** The private key of a file that the agent does not have; a key that is offered already is not offered again. */
        private Optional<Identity> load(KeyFile file, boolean required) {
            boolean isPrivate = file.kind() == KeyFile.Kind.PUTTY || file.kind() == KeyFile.Kind.OTHER;
            boolean onToken = file.key().filter(PublicKey::isOnToken).isPresent();
            try {
                if (isPrivate && !onToken) {
                    int before = jsch.getIdentityRepository().getIdentities().size();
                    jsch.addIdentity(file.path().toString());
                    Vector<Identity> loaded = jsch.getIdentityRepository().getIdentities();
                    return loaded.size() > before ? Optional.of(loaded.get(before)) : Optional.empty();
                }
            } catch (JSchException e) {
                LoggerFactory.getLogger(OfferedKeys.class).debug("{}: {}", file.path(), e.getMessage());
            }
            if (required) {
                throw new DeployException(
                        ExitCode.UNREACHABLE,
                        "The key file " + file.path() + " can't be used: " + file.whyUnusable() + ".",
                        file.remedy());
            }
            if (file.kind() == KeyFile.Kind.OTHER && !onToken || file.kind() == KeyFile.Kind.UNREADABLE) {
                LoggerFactory.getLogger(OfferedKeys.class)
                        .warn("The key file {} can't be used: {}. It is left out.", file.path(), file.whyUnusable());
            }
            if (file.kind() != KeyFile.Kind.MISSING || file.key().isPresent()) {
                unusable.add(new Unusable(file.path() + " (" + file.whyUnusable() + ")", file.remedy()));
            }
            return Optional.empty();
        }

        private void certified(Path file, Identity signer) {
            KeyFile.publicKey(file)
                    .filter(certificate -> certificate
                            .certified()
                            .filter(key -> Arrays.equals(key.blob(), signer.getPublicKeyBlob()))
                            .isPresent())
                    .ifPresent(certificate -> {
                        usedCertificates.add(certificate);
                        offer(OfferedKey.certified(certificate, signer, file.toString()));
                    });
        }

        /** A certificate whose key is in no file may be for one of the agent's. */
        private void forAgent(Path file) {
            Optional<PublicKey> certificate = KeyFile.publicKey(file).filter(PublicKey::isCertificate);
            if (certificate.filter(this::isUsed).isPresent()) {
                return;
            }
            Optional<Identity> signer =
                    certificate.flatMap(PublicKey::certified).flatMap(this::inAgent);
            if (certificate.isPresent() && signer.isPresent()) {
                plain = false;
                usedCertificates.add(certificate.get());
                offer(OfferedKey.certified(certificate.get(), signer.get(), file.toString()));
            } else {
                unusable.add(new Unusable(
                        "the certificate " + file
                                + (certificate.isEmpty()
                                        ? " (it can't be read)"
                                        : " (its key is neither in a file that is named nor in the agent)"),
                        "Check CertificateFile and IdentityFile in the SSH configuration."));
            }
        }

        private boolean isUsed(PublicKey certificate) {
            return usedCertificates.stream().anyMatch(certificate::isSame);
        }

        /** A key or certificate that only the agent has. */
        private void other(Identity identity) {
            Optional<PublicKey> key =
                    Optional.ofNullable(identity.getPublicKeyBlob()).flatMap(PublicKey::of);
            plain = false;
            offer(key.filter(PublicKey::isCertificate)
                    .map(certificate -> OfferedKey.certified(
                            certificate,
                            identity,
                            identity.getName() + " (certificate " + certificate.fingerprint() + ")"))
                    .orElseGet(() -> OfferedKey.of(identity)));
        }

        private Optional<Identity> inAgent(PublicKey key) {
            return agent.stream()
                    .filter(identity -> Arrays.equals(key.blob(), identity.getPublicKeyBlob()))
                    .findFirst();
        }

        private void offer(OfferedKey key) {
            Optional<PublicKey> itself = key.publicKey();
            boolean again = itself.isPresent()
                    && offered.stream()
                            .flatMap(other -> other.publicKey().stream())
                            .anyMatch(itself.get()::isSame);
            if (!again) {
                offered.add(key);
            }
        }
    }

    private static List<Identity> agent(Path socket) {
        try {
            return List.copyOf(new AgentIdentityRepository(new SSHAgentConnector(socket)).getIdentities());
        } catch (AgentProxyException | RuntimeException e) {
            LoggerFactory.getLogger(OfferedKeys.class).debug("no agent at {}: {}", socket, e.getMessage());
            return List.of();
        }
    }

    @Override
    public String getName() {
        return "offered keys";
    }

    @Override
    public int getStatus() {
        return RUNNING;
    }

    @Override
    public Vector<Identity> getIdentities() {
        return new Vector<>(identities);
    }

    @Override
    public boolean add(byte[] identity) {
        return false;
    }

    @Override
    public boolean remove(byte[] blob) {
        return false;
    }

    @Override
    public void removeAll() {
        // The choice is made once.
    }
}
