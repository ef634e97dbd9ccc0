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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * The host keys that are known: as with OpenSSH those of all files together. The first file is also the one that accepted
 * keys go to.
 */
final class KnownHosts {
    /** Keys that were accepted and have no file to go to ({@code /dev/null}): they hold while this program runs. */
    private static final Map<String, byte[]> UNWRITTEN = new ConcurrentHashMap<>();

    private final Path own;
    private final List<Path> files;

    KnownHosts(Path own, List<Path> readOnly) {
        this.own = own;
        this.files = Stream.concat(Stream.of(own), readOnly.stream()).distinct().toList();
    }

    /** All that the files say of a host. */
    Entries of(String name) {
        List<Entry> entries = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = lines(file);
            for (int i = 0; i < lines.size(); i++) {
                int number = i + 1;
                KnownHostLine.parse(lines.get(i))
                        .filter(line -> line.matches(name))
                        .ifPresent(line -> entries.add(new Entry(file, number, line, line.key())));
            }
        }
        Optional.ofNullable(UNWRITTEN.get(name))
                .flatMap(PublicKey::of)
                .ifPresent(key ->
                        entries.add(new Entry(own, 0, new KnownHostLine("", name, key.type(), ""), Optional.of(key))));
        return new Entries(entries);
    }

    /** Notes a key in our own file, in place of those that it has for this host. */
    void accept(String name, String type, byte[] key) {
        if (Files.exists(own) && !Files.isRegularFile(own)) {
            // /dev/null, say: a rename would replace the device.
            UNWRITTEN.put(name, key);
            return;
        }
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

    /**
     * A line that speaks of a host.
     *
     * @param number of the line, from 1
     * @param key empty when it can't be read
     */
    record Entry(Path file, int number, KnownHostLine line, Optional<PublicKey> key) {
        /** The file and the line, as compilers name them. */
        String place() {
            return file + ":" + number;
        }
    }

    /** The lines that speak of a host, in the order of the files. */
    record Entries(List<Entry> all) {
        /** Lines that name keys of the host itself. */
        List<Entry> keys() {
            return marked("").filter(entry -> entry.key().isPresent()).toList();
        }

        boolean has(byte[] key) {
            return keys().stream().anyMatch(entry -> is(entry, key));
        }

        /** Keys that certify the host's. */
        List<PublicKey> authorities() {
            return marked(KnownHostLine.CERT_AUTHORITY)
                    .flatMap(entry -> entry.key().stream())
                    .toList();
        }

        List<PublicKey> revoked() {
            return marked(KnownHostLine.REVOKED)
                    .flatMap(entry -> entry.key().stream())
                    .toList();
        }

        /** Lines that are cut off or damaged. */
        List<Entry> unreadable() {
            return all.stream().filter(entry -> entry.key().isEmpty()).toList();
        }

        private Stream<Entry> marked(String marker) {
            return all.stream().filter(entry -> entry.line().marker().equals(marker));
        }

        private static boolean is(Entry entry, byte[] key) {
            return entry.key().filter(known -> Arrays.equals(known.blob(), key)).isPresent();
        }
    }
}
