package dev.flashvsr.deploy.transfer;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of this machine, with the content that it shall have on the box.
 *
 * @param path where it is here
 * @param size in bytes
 * @param sha256 of its content, 64 lower-case hex digits
 */
public record LocalFile(Path path, long size, String sha256) {
    private static final int BUFFER = 1 << 18;

    /** Reads the file once for its size and hash; {@link DeployException} with exit status 2 when it can't be read. */
    public static LocalFile of(Path path) {
        MessageDigest digest = newDigest();
        long size = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(path)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                size += read;
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
        return new LocalFile(path, size, HexFormat.of().formatHex(digest.digest()));
    }

    static DeployException unreadable(Path path, IOException cause) {
        return new DeployException(
                ExitCode.USAGE,
                "The file " + path + " can't be read: " + cause.getMessage(),
                "Check its name and permissions.",
                cause);
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
