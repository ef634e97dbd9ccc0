package dev.flashvsr.deploy.transfer;

import dev.flashvsr.deploy.file.PrivateFiles;
import dev.flashvsr.deploy.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** What has arrived of a file, beside its place and named after it: {@code NAME.part}. */
final class PartFile implements AutoCloseable {
    private static final FileAttribute<?> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path target;
    private final Path path;
    private final FileChannel channel;
    private final DownloadFailures failures;
    private final long size;
    private final String sha256;
    private Sha256 hash = new Sha256();

    private PartFile(Path target, Path path, FileChannel channel, DownloadFailures failures) throws IOException {
        this.target = target;
        this.path = path;
        this.channel = channel;
        this.failures = failures;
        this.size = channel.size();
        this.sha256 = hashed(size).hex();
    }

    static PartFile open(Path target, DownloadFailures failures) {
        Path path = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.createDirectories(target.toAbsolutePath().getParent(), PRIVATE_DIRECTORY);
            return new PartFile(target, path, PrivateFiles.openPart(path), failures);
        } catch (IOException e) {
            throw failures.unwritable(e);
        }
    }

    /** Bytes that an earlier time left. */
    long size() {
        return size;
    }

    /** Of those bytes. */
    String sha256() {
        return sha256;
    }

    /** Whether the file itself is there already, with this content; then there is nothing to be fetched. */
    boolean isThere(long wantedSize, String wantedHash) {
        try {
            boolean there = Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(target) == wantedSize
                    && LocalFile.of(target).sha256().equals(wantedHash);
            if (there) {
                Files.deleteIfExists(path);
            }
            return there;
        } catch (IOException e) {
            throw failures.unwritable(e);
        }
    }

    /** Goes on behind the first {@code bytes} of it. */
    void keep(long bytes) {
        try {
            channel.truncate(bytes);
            hash = hashed(bytes);
            channel.position(bytes);
        } catch (IOException e) {
            throw failures.unwritable(e);
        }
    }

    /** Adds the first {@code length} of these bytes. */
    void write(byte[] bytes, int length) {
        hash.add(bytes, 0, length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw failures.unwritable(e);
        }
    }

    /** Gives the whole its name, if it has this hash; else nothing of it stays. */
    void finish(String wanted) {
        try {
            if (!hash.hex().equals(wanted)) {
                Files.deleteIfExists(path);
                throw failures.wrong();
            }
            channel.force(true);
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failures.unwritable(e);
        }
    }

    private Sha256 hashed(long bytes) throws IOException {
        Sha256 of = new Sha256();
        channel.position(0);
        byte[] piece = new byte[1 << 16];
        InputStream in = Channels.newInputStream(channel);
        for (long left = bytes; left > 0; ) {
            int read = in.read(piece, 0, (int) Math.min(left, piece.length));
            if (read < 0) {
                throw new IOException("it became shorter meanwhile");
            }
            of.add(piece, 0, read);
            left -= read;
        }
        return of;
    }

    @Override
    public void close() {
        try {
            boolean nothing = channel.isOpen() && channel.size() == 0;
            channel.close();
            if (nothing) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // What was wanted of it has been done, or has failed already.
        }
    }
}
