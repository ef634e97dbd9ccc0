package dev.flashvsr.deploy.box.ssh;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.FileTrouble;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * The host keys that are known: our own file, and files that are only read. The first file that has a key for a host is
 * the one that counts, so that a key accepted in place of an old one is not held up by the user's own file.
 */
final class KnownHosts {
    private final Path own;
    private final List<Path> readOnly;

    KnownHosts(Path own, List<Path> readOnly) {
        this.own = own;
        this.readOnly = readOnly;
    }

    /** The keys of a host with the file that has them; empty when it is not known. */
    Optional<Known> find(String name) {
        List<Path> files = new ArrayList<>(List.of(own));
        files.addAll(readOnly);
        for (Path file : files) {
            List<byte[]> keys = lines(file).stream()
                    .map(KnownHostLine::parse)
                    .flatMap(Optional::stream)
                    .filter(line -> line.marker().isEmpty() && line.matches(name))
                    .map(KnownHostLine::key)
                    .toList();
            if (!keys.isEmpty()) {
                return Optional.of(new Known(file, keys));
            }
        }
        return Optional.empty();
    }

    /** Whether any file says that this key must not be trusted for this host. */
    boolean isRevoked(String name, byte[] key) {
        List<Path> files = new ArrayList<>(List.of(own));
        files.addAll(readOnly);
        return files.stream()
                .flatMap(file -> lines(file).stream())
                .map(KnownHostLine::parse)
                .flatMap(Optional::stream)
                .anyMatch(line -> line.marker().equals(KnownHostLine.REVOKED)
                        && Arrays.equals(line.key(), key)
                        && line.matches(name));
    }

    /** Notes a key in our own file, in place of those that it has for this host. */
    void accept(String name, String type, byte[] key) {
        try {
            // A link is followed, so that the rename does not replace it.
            Path file = Files.exists(own) ? own.toRealPath() : own.toAbsolutePath();
            Files.createDirectories(file.getParent());
            Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
            // Two runs of this program at once must not lose each other's line.
            try (FileChannel channel =
                    FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock(channel);
                List<String> kept = new ArrayList<>();
                // Not by lines(): what can't be read must not be replaced by what is left of it.
                List<String> before =
                        Files.exists(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1) : List.of();
                for (String line : before) {
                    KnownHostLine.without(line, name).ifPresent(kept::add);
                }
                kept.add(name + " " + type + " " + Base64.getEncoder().encodeToString(key));
                replace(file, String.join("\n", kept) + "\n");
            }
        } catch (IOException e) {
            throw new DeployException(
                    ExitCode.FAILED,
                    "Can't write the file of known host keys " + own + ": " + FileTrouble.why(own, e) + ".",
                    "Make room for it, or name another one with --known-hosts.",
                    e);
        }
    }

    /** Held until the channel is closed. Some network file systems have no locks: then the last of two runs wins. */
    private static void lock(FileChannel channel) {
        try {
            channel.lock();
        } catch (IOException e) {
            LoggerFactory.getLogger(KnownHosts.class).debug("no lock on the known hosts: {}", e.getMessage());
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Path part = Files.createTempFile(file.getParent(), ".known_hosts", ".part");
        try {
            Files.writeString(part, text, StandardCharsets.ISO_8859_1);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static List<String> lines(Path file) {
        try {
            // Latin-1 reads any bytes; names and keys are ASCII.
            return Files.isReadable(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The keys of a host, and the file that has them. */
    record Known(Path file, List<byte[]> keys) {
        boolean has(byte[] key) {
            return keys.stream().anyMatch(known -> Arrays.equals(known, key));
        }
    }
}
