package dev.flashvsr.deploy.transfer;

import dev.flashvsr.deploy.hash.Sha256;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of this machine, with the content that it shall have on the box.
 *
 * @param path where it is here
 * @param size in bytes
 * @param sha256 of its content, 64 lower-case hex digits
 */
public record LocalFile(Path path, long size, String sha256) {
    /** Reads the file once for its size and hash; {@link DeployException} with exit status 2 when it can't be read. */
    public static LocalFile of(Path path) {
        Sha256 hash = new Sha256();
        try (InputStream in = Files.newInputStream(path)) {
            long size = hash.addAll(in);
            return new LocalFile(path, size, hash.hex());
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    static DeployException unreadable(Path path, IOException cause) {
        return new DeployException(
                ExitCode.USAGE,
                "The file " + path + " can't be read: " + cause.getMessage(),
                "Check its name and permissions.",
                cause);
    }
}
