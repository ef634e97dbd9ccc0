package dev.flashvsr.deploy.rehearsal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * The keys of the embedded server and of its one user, made once and kept in files as OpenSSH writes them.
 *
 * @param directory where they lie; only its owner may read it
 */
record SshKeys(Path directory) {
    /** The user's private key, without a passphrase. */
    Path identity() {
        return directory.resolve("id_ed25519");
    }

    /** What the user's client should know of the server. */
    Path knownHosts() {
        return directory.resolve("known_hosts");
    }

    /** The key the server shows. */
    KeyPair host() throws IOException, GeneralSecurityException {
        return loadOrMake(directory.resolve("host_ecdsa"), () -> {
            KeyPairGenerator generator = SecurityUtils.getKeyPairGenerator("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        });
    }

    /** The key that logs in. */
    KeyPair user() throws IOException, GeneralSecurityException {
        return loadOrMake(
                identity(),
                () -> SecurityUtils.getKeyPairGenerator(SecurityUtils.ED25519).generateKeyPair());
    }

    /** Writes the known_hosts file for a server with this key at 127.0.0.1. */
    void writeKnownHosts(int port, PublicKey key) throws IOException {
        Files.writeString(knownHosts(), "[127.0.0.1]:" + port + " " + PublicKeyEntry.toString(key) + "\n");
    }

    private KeyPair loadOrMake(Path file, Maker maker) throws IOException, GeneralSecurityException {
        if (!Files.exists(file)) {
            Path unfinished = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(unfinished);
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (OutputStream out = Files.newOutputStream(unfinished)) {
                OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(maker.make(), "rehearsal", null, out);
            }
            Files.move(unfinished, file);
        }
        return new FileKeyPairProvider(file).loadKeys(null).iterator().next();
    }

    private interface Maker {
        KeyPair make() throws GeneralSecurityException;
    }
}
