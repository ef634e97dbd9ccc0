package dev.flashvsr.deploy.box.ssh;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSchException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A key with a passphrase that is asked for only when the server has said that it takes the key; JSch would ask first. */
final class LockedKey implements Identity {
    private final Identity key;
    private final LoginDialog dialog;

    private LockedKey(Identity key, LoginDialog dialog) {
        this.key = key;
        this.dialog = dialog;
    }

    /** The key itself when it has no passphrase, or when its public half can't be read without one. */
    static Identity of(Identity key, LoginDialog dialog) {
        return key.isEncrypted() && key.getPublicKeyBlob() != null ? new LockedKey(key, dialog) : key;
    }

    private boolean unlock() {
        while (key.isEncrypted()) {
            Optional<byte[]> passphrase =
                    dialog.passphrase(key.getName()).map(word -> word.getBytes(StandardCharsets.UTF_8));
            if (passphrase.isEmpty()) {
                return false;
            }
            try {
                key.setPassphrase(passphrase.get());
            } catch (JSchException e) {
                // The wrong one: it is asked again.
            }
            Arrays.fill(passphrase.get(), (byte) 0);
        }
        return true;
    }

    @Override
    public boolean isEncrypted() {
        return false;
    }

    @Override
    public boolean setPassphrase(byte[] passphrase) {
        return true;
    }

    @Override
    public byte @Nullable [] getPublicKeyBlob() {
        return key.getPublicKeyBlob();
    }

    @Override
    public byte @Nullable [] getSignature(byte[] data) {
        return unlock() ? key.getSignature(data) : null;
    }

    @Override
    public byte @Nullable [] getSignature(byte[] data, String algorithm) {
        return unlock() ? key.getSignature(data, algorithm) : null;
    }

    @Override
    public String getAlgName() {
        return key.getAlgName();
    }

    @Override
    public String getName() {
        return key.getName();
    }

    @Override
    public void clear() {
        key.clear();
    }
}
