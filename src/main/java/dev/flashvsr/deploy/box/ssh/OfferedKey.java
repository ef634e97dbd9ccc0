package dev.flashvsr.deploy.box.ssh;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSchException;
import java.io.File;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A key, or a certificate for it, that remembers whether the server was shown it, so that no other is said to be tried. */
final class OfferedKey implements Identity {
    private final Identity signer;
    private final Optional<PublicKey> certificate;
    private final String name;
    private volatile boolean shown;
    private volatile boolean signed;

    private OfferedKey(Identity signer, Optional<PublicKey> certificate, String name) {
        this.signer = signer;
        this.certificate = certificate;
        this.name = name;
    }

    /** A key; {@code signer} has it, in a file or in the agent. */
    static OfferedKey of(Identity signer) {
        // The agent's have a comment that need not be one of a kind.
        String name = new File(signer.getName()).exists() ? signer.getName() : signer.getName() + described(signer);
        return new OfferedKey(signer, Optional.empty(), name);
    }

    /** A certificate for the signer's key. */
    static OfferedKey certified(PublicKey certificate, Identity signer, String name) {
        return new OfferedKey(signer, Optional.of(certificate), name);
    }

    private static String described(Identity identity) {
        byte[] key = identity.getPublicKeyBlob();
        return key == null ? "" : " (" + identity.getAlgName() + " " + PublicKey.fingerprint(key) + ")";
    }

    /** Whether the server has seen it. */
    boolean shown() {
        return shown;
    }

    /** Whether the server was given a signature by it. */
    boolean signed() {
        return signed;
    }

    /** Its public key or certificate; empty when a passphrase locks that, too. */
    Optional<PublicKey> publicKey() {
        return certificate.or(
                () -> Optional.ofNullable(signer.getPublicKeyBlob()).flatMap(PublicKey::of));
    }

    @Override
    public byte @Nullable [] getPublicKeyBlob() {
        shown = true;
        return certificate.map(PublicKey::blob).orElseGet(signer::getPublicKeyBlob);
    }

    @Override
    public byte @Nullable [] getSignature(byte[] data) {
        return noted(signer.getSignature(data));
    }

    /** The signature under a certificate is that of its key. */
    @Override
    public byte @Nullable [] getSignature(byte[] data, String algorithm) {
        return noted(signer.getSignature(data, PublicKey.plainType(algorithm)));
    }

    private byte @Nullable [] noted(byte @Nullable [] signature) {
        signed |= signature != null;
        return signature;
    }

    @Override
    public String getAlgName() {
        return certificate.map(PublicKey::type).orElseGet(signer::getAlgName);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isEncrypted() {
        return signer.isEncrypted();
    }

    @Override
    public boolean setPassphrase(byte @Nullable [] passphrase) throws JSchException {
        return signer.setPassphrase(passphrase);
    }

    @Override
    public void clear() {
        signer.clear();
    }
}
