package dev.flashvsr.deploy.box.ssh;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SSHAgentConnector;
import dev.flashvsr.deploy.hash.Sha256;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import org.slf4j.LoggerFactory;

/**
 * The keys that a server is offered, and in which order: the chosen files (signed by the agent where it has them, so that
 * no passphrase is needed), then what else the agent has. No more than {@link #MOST}, because a server hangs up after six
 * refused ones (MaxAuthTries).
 */
final class OfferedKeys implements IdentityRepository {
    private static final int MOST = 6;

    private final List<Identity> identities;
    private final int leftOut;
    private final boolean onlyPlainFiles;

    private OfferedKeys(List<Identity> identities, int leftOut, boolean onlyPlainFiles) {
        this.identities = identities;
        this.leftOut = leftOut;
        this.onlyPlainFiles = onlyPlainFiles;
    }

    static OfferedKeys of(SshSettings settings, JSch jsch, LoginDialog dialog) {
        List<Identity> fromAgent =
                settings.agentSocket().map(OfferedKeys::agent).orElse(List.of());
        List<Identity> offered = new ArrayList<>();
        boolean plain = true;
        for (SshSettings.Key key : settings.keys()) {
            Optional<Identity> file = load(key, jsch);
            if (file.isEmpty()) {
                continue;
            }
            Optional<Identity> agent = fromAgent.stream()
                    .filter(identity -> same(identity, file.get()))
                    .findFirst();
            plain &= agent.isEmpty() && !file.get().isEncrypted();
            offered.add(agent.orElseGet(() -> LockedKey.of(file.get(), dialog)));
        }
        if (!settings.keysOnly()) {
            List<Identity> more = fromAgent.stream()
                    .filter(identity -> offered.stream().noneMatch(known -> same(known, identity)))
                    .toList();
            plain &= more.isEmpty();
            offered.addAll(more);
        }
        int most = Math.min(MOST, offered.size());
        return new OfferedKeys(List.copyOf(offered.subList(0, most)), offered.size() - most, plain);
    }

    boolean isEmpty() {
        return identities.isEmpty();
    }

    /** Whether to sign with a key costs no person and no agent anything: then the server need not be asked first. */
    boolean onlyPlainFiles() {
        return onlyPlainFiles;
    }

    /** How many more there are, which were not offered. */
    int leftOut() {
        return leftOut;
    }

    /** Their names, for messages; the agent's have a comment that need not be one of a kind, so their fingerprints, too. */
    List<String> names() {
        return identities.stream()
                .map(identity -> Files.exists(Path.of(identity.getName()))
                        ? identity.getName()
                        : identity.getName() + fingerprint(identity))
                .toList();
    }

    private static String fingerprint(Identity identity) {
        byte[] key = identity.getPublicKeyBlob();
        return key == null
                ? ""
                : " (" + identity.getAlgName() + " SHA256:"
                        + Base64.getEncoder().withoutPadding().encodeToString(Sha256.of(key)) + ")";
    }

    private static Optional<Identity> load(SshSettings.Key key, JSch jsch) {
        Path file = key.file();
        if (!Files.exists(file)) {
            if (!key.required()) {
                return Optional.empty();
            }
            throw unreadable(file, "it does not exist", "Check the path given with --identity.");
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            return skipUnlessRequired(
                    key, unreadable(file, "it can't be read", "Check its owner and mode: chmod 600 " + file));
        }
        try {
            int before = jsch.getIdentityRepository().getIdentities().size();
            jsch.addIdentity(file.toString());
            Vector<Identity> loaded = jsch.getIdentityRepository().getIdentities();
            // A key that is already there by another name is not added again.
            return loaded.size() > before ? Optional.of(loaded.get(before)) : Optional.empty();
        } catch (JSchException e) {
            return skipUnlessRequired(
                    key,
                    unreadable(
                            file,
                            "it holds no private key that can be read",
                            "Name the private key, not the .pub file. A key in another format is converted by"
                                    + " ssh-keygen -p -f " + file));
        }
    }

    private static Optional<Identity> skipUnlessRequired(SshSettings.Key key, DeployException why) {
        if (key.required()) {
            throw why;
        }
        LoggerFactory.getLogger(OfferedKeys.class).warn("{} It is left out.", why.getMessage());
        return Optional.empty();
    }

    private static DeployException unreadable(Path file, String why, String next) {
        return new DeployException(ExitCode.UNREACHABLE, "The key file " + file + " can't be used: " + why + ".", next);
    }

    private static List<Identity> agent(Path socket) {
        try {
            return List.copyOf(new AgentIdentityRepository(new SSHAgentConnector(socket)).getIdentities());
        } catch (AgentProxyException | RuntimeException e) {
            LoggerFactory.getLogger(OfferedKeys.class).debug("no agent at {}: {}", socket, e.getMessage());
            return List.of();
        }
    }

    private static boolean same(Identity one, Identity other) {
        byte[] key = one.getPublicKeyBlob();
        return key != null && Arrays.equals(key, other.getPublicKeyBlob());
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
