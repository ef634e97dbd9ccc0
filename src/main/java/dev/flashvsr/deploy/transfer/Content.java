package dev.flashvsr.deploy.transfer;

import dev.flashvsr.deploy.hash.Sha256;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** An open file, read at any place by several threads. */
final class Content implements AutoCloseable {
    private final LocalFile file;
    private final FileChannel channel;

    /** {@link DeployException} with exit status 2 when it can't be read. */
    Content(LocalFile file) {
        this.file = file;
        try {
            this.channel = FileChannel.open(file.path(), StandardOpenOption.READ);
        } catch (IOException e) {
            throw LocalFile.unreadable(file.path(), e);
        }
    }

    /** Fills the first {@code length} bytes of {@code target} from this place in the file. */
    void read(long offset, byte[] target, int length) {
        ByteBuffer buffer = ByteBuffer.wrap(target, 0, length);
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position()) < 0) {
                    throw new DeployException(
                            ExitCode.FAILED,
                            "The file " + file.path() + " became shorter while it was sent.",
                            "Wait until nothing writes to it, and try again.");
                }
            }
        } catch (IOException e) {
            throw LocalFile.unreadable(file.path(), e);
        }
    }

    /** The SHA-256 of a block, 64 lower-case hex digits; {@code buffer} has room for it. */
    String hash(long offset, byte[] buffer, int length) {
        read(offset, buffer, length);
        return new Sha256().add(buffer, 0, length).hex();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was written to it.
        }
    }
}
