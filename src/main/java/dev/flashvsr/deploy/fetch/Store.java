package dev.flashvsr.deploy.fetch;

import dev.flashvsr.deploy.file.PrivateFiles;
import dev.flashvsr.deploy.hash.Sha256;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A directory of this machine for what was fetched: {@code KEY} once it is whole, {@code KEY.part} while it comes. Several
 * processes may use it at once: whoever fetches a KEY holds a byte of the file {@code lock} meanwhile. Only its owner may
 * enter the directory.
 */
public final class Store {
    private final Path directory;
    private final Set<Long> held = new HashSet<>();
    private Optional<FileChannel> locks = Optional.empty();

    /** {@code directory} is made when something is fetched. */
    public Store(Path directory) {
        this.directory = directory;
    }

    /** Where it is. */
    public Path directory() {
        return directory;
    }

    /** Where what is named so lies once it is whole. */
    public Path file(String key) {
        return directory.resolve(key);
    }

    /** Where what is named so comes in. */
    Path part(String key) {
        return directory.resolve(key + ".part");
    }

    /** Whether it is here whole. */
    public boolean has(String key) {
        return Files.isRegularFile(file(key));
    }

    /** Bytes of it that are here, whole or in part. */
    public long bytes(String key) {
        return has(key) ? size(file(key)) : size(part(key));
    }

    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException notThere) {
            return 0;
        }
    }

    /** Bytes that can be written here. */
    public long room() {
        try {
            make();
            // A FileStore looks for the mount point, which a chroot need not have.
            return directory.toFile().getUsableSpace();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Waits until nobody else fetches it, in this process or another, and keeps others from it until closed. */
    Claim claim(String key) throws InterruptedException {
        long place = Integer.toUnsignedLong(key.hashCode());
        synchronized (held) {
            while (!held.add(place)) {
                held.wait();
            }
        }
        try {
            FileLock lock = locks().lock(place, 1, false);
            return () -> {
                lock.close();
                letGo(place);
            };
        } catch (IOException e) {
            letGo(place);
            throw unwritable(e);
        }
    }

    /** The sole right to fetch something. */
    @FunctionalInterface
    interface Claim extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    private void letGo(long place) {
        synchronized (held) {
            held.remove(place);
            held.notifyAll();
        }
    }

    /** Open as long as this process lives: to close a file gives up all locks on it. */
    private synchronized FileChannel locks() throws IOException {
        if (locks.isEmpty()) {
            make();
            locks = Optional.of(
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        }
        return locks.get();
    }

    /** A short text as a file of the store, named by its SHA-256. */
    public Path note(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            make();
            return Files.write(file(Sha256.hex(bytes)), bytes);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    DeployException unwritable(IOException e) {
        return new DeployException(
                ExitCode.FAILED,
                "What is fetched here can't be kept in " + directory + ": " + e.getMessage() + ".",
                "Make room there, or choose another directory by --state-dir.",
                e);
    }

    private void make() throws IOException {
        PrivateFiles.directory(directory);
    }
}
