package dev.flashvsr.deploy.products;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.transfer.LocalFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Optional;

/**
 * Entries of caches that are kept on this machine: {@code CACHE/KEY/} with a file and its {@code built-for}. An entry is there
 * whole or not at all, as it gets its name last; whether it is still what it was is looked at each time it is used.
 */
public final class LocalCache {
    private final Path directory;

    /** Below this directory, which may be missing. */
    public LocalCache(Path directory) {
        this.directory = directory;
    }

    /** A file and its {@code built-for}, as they were when they were read last. */
    record Entry(LocalFile file, LocalFile builtFor) {}

    /** Whether there is any entry of this cache; {@code cache} is a path of a playbook. */
    boolean isEmpty(String cache) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory.resolve(cache))) {
            for (Path entry : entries) {
                if (BuiltFor.isKey(String.valueOf(entry.getFileName()))) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether there is such an entry; it may be damaged. */
    boolean has(String cache, String key) {
        return Files.exists(place(cache, key), LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether any of these names, which a box gave, is that of an entry which is not here. */
    public boolean lacks(String cache, Collection<String> names) {
        return names.stream().anyMatch(name -> BuiltFor.isKey(name) && !has(cache, name));
    }

    /**
     * The entry, read and verified; empty where there is none.
     *
     * @throws DeployException when it is not what it was: then it is good for nothing
     */
    Optional<Entry> find(String cache, String key) {
        Path place = place(cache, key);
        if (!has(cache, key)) {
            return Optional.empty();
        }
        try {
            Path builtFor = place.resolve(BuiltFor.NAME);
            if (Files.size(builtFor) > BuiltFor.MAX_SIZE) {
                throw damaged(place);
            }
            BuiltFor says = BuiltFor.parse(Files.readAllBytes(builtFor))
                    .filter(text -> text.key().equals(key))
                    .orElseThrow(() -> damaged(place));
            LocalFile file = LocalFile.of(place.resolve(says.file()));
            if (!file.sha256().equals(says.sha256())) {
                throw damaged(place);
            }
            return Optional.of(new Entry(file, LocalFile.of(builtFor)));
        } catch (IOException e) {
            throw damaged(place);
        }
    }

    /** Whether it is there, whole and with a file of this hash. */
    boolean holds(String cache, String key, String sha256) {
        try {
            return find(cache, key)
                    .filter(entry -> entry.file().sha256().equals(sha256))
                    .isPresent();
        } catch (DeployException e) {
            return false;
        }
    }

    /** Where an entry grows, which nobody takes for one; what an earlier time left there is still there. */
    Path growing(String cache, String key) {
        Path place = place(cache, key);
        return place.resolveSibling(place.getFileName() + ".part");
    }

    /** Gives what has grown its name, in place of one that is there. */
    void keep(String cache, String key) {
        Path place = place(cache, key);
        try {
            delete(place);
            Files.move(growing(cache, key), place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new DeployException(
                    ExitCode.FAILED,
                    "Can't write " + place + " on this machine: " + e.getMessage(),
                    "Make room or make it writable.",
                    e);
        }
    }

    /** Takes away what was to grow to an entry. */
    void forget(String cache, String key) {
        try {
            delete(growing(cache, key));
        } catch (IOException e) {
            // It is no entry, and the next time begins with it or in its place.
        }
    }

    private Path place(String cache, String key) {
        if (!BuiltFor.isKey(key)) {
            throw new IllegalArgumentException("not the name of an entry: " + key);
        }
        return directory.resolve(cache).resolve(key);
    }

    private static DeployException damaged(Path place) {
        return new DeployException(
                ExitCode.FAILED,
                place + " is not what its " + BuiltFor.NAME + " says: it was damaged, and is not used.",
                "The next build takes its place.");
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path of, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(of);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
