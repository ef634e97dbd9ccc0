package dev.flashvsr.deploy.products;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.hash.Sha256;
import dev.flashvsr.deploy.playbook.Playbook;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Entries of one playbook's caches that are kept on this machine: {@code PLAYBOOK/CACHE/KEY/SHA256/} with a file of that hash,
 * its {@code built-for} and its {@code origin}. What several boxes built for one key lies side by side; nothing takes the place
 * of what another box built. An entry is there whole or not at all, as it gets its name last; whether it is still what it was is
 * looked at each time it is used.
 */
public final class LocalCache {
    /** There where the user has agreed to use the entry. */
    private static final String AGREED = "agreed";

    private final Path directory;

    /** Where an older version kept entries, of all playbooks and boxes together. */
    private final Path older;

    private LocalCache(Path directory, Path older) {
        this.directory = directory;
        this.older = older;
    }

    /**
     * The cache of this playbook below a directory, which may be missing. A playbook is the file that it was read from: another
     * one of the same name is another one.
     */
    public static LocalCache of(Path directory, Playbook playbook) {
        Path source = playbook.source().toAbsolutePath().normalize();
        try {
            source = source.toRealPath();
        } catch (IOException e) {
            // It is gone since it was read: its name does.
        }
        String place = Sha256.hex(source.toString().getBytes(UTF_8)).substring(0, 16);
        return new LocalCache(directory.resolve(playbook.name() + "-" + place), directory);
    }

    /**
     * A file and its {@code built-for}, as they were when they were read last.
     *
     * @param place its directory
     * @param origin the box that built it
     * @param agreed whether the user has agreed to use it, in an earlier run
     */
    record Entry(Path place, LocalFile file, LocalFile builtFor, BuiltFor says, Origin origin, boolean agreed) {}

    /** Whether there is any entry of this cache; {@code cache} is a path of a playbook. */
    boolean isEmpty(String cache) {
        return keys(directory.resolve(cache)).isEmpty()
                && keys(older.resolve(cache)).isEmpty();
    }

    /** Whether any of these names, which a box gave, is that of an entry which is not here. */
    public boolean lacks(String cache, Collection<String> names) {
        return names.stream()
                .anyMatch(
                        name -> BuiltFor.isKey(name) && keys(place(cache, name)).isEmpty());
    }

    /**
     * The entries of this key, read and verified, one for each file that was built; none where there is none.
     *
     * @throws DeployException when none of them is what it was: then they are good for nothing
     */
    List<Entry> find(String cache, String key) {
        List<Path> places = new ArrayList<>(keys(place(cache, key)));
        places.add(older.resolve(cache).resolve(key));
        List<Entry> entries = new ArrayList<>();
        Optional<DeployException> damage = Optional.empty();
        for (Path place : places) {
            try {
                Optional<Entry> entry = read(place, key);
                if (entry.isPresent()
                        && entries.stream()
                                .noneMatch(other -> other.says()
                                        .sha256()
                                        .equals(entry.get().says().sha256()))) {
                    entries.add(entry.get());
                }
            } catch (DeployException e) {
                damage = Optional.of(e);
            }
        }
        if (entries.isEmpty() && damage.isPresent()) {
            throw damage.get();
        }
        return entries;
    }

    /** Whether it is there, whole and with a file of this hash, and known where from. */
    boolean holds(String cache, String key, String sha256) {
        try {
            return read(place(cache, key).resolve(sha256), key)
                    .filter(entry -> entry.says().sha256().equals(sha256))
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

    /**
     * Gives what has grown its name, with the box that built it. It takes the place of what the same box built before, and of
     * what is damaged.
     *
     * @return what other boxes built for the same, which stays
     */
    List<Entry> keep(String cache, String key, String sha256, Origin origin) {
        Path place = place(cache, key);
        List<Entry> others = new ArrayList<>();
        try {
            Path growing = growing(cache, key);
            origin.write(growing);
            Files.createDirectories(place);
            for (Path sibling : keys(place)) {
                Optional<Entry> other = sound(sibling, key)
                        .filter(entry -> !entry.says().sha256().equals(sha256));
                if (other.isPresent() && !other.get().origin().isSameBox(origin)) {
                    others.add(other.get());
                } else {
                    delete(sibling);
                }
            }
            Files.move(growing, place.resolve(sha256), StandardCopyOption.ATOMIC_MOVE);
            return others;
        } catch (IOException e) {
            throw unwritable(place, e);
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

    /** Notes that the user has agreed to use this entry; one that an older version kept becomes this playbook's own. */
    void agree(String cache, String key, Entry entry) {
        try {
            Path place = entry.place();
            if (!place.startsWith(directory)) {
                Path own = place(cache, key).resolve(entry.says().sha256());
                Files.createDirectories(own.getParent());
                Files.move(place, own, StandardCopyOption.ATOMIC_MOVE);
                entry.origin().write(own);
                place = own;
            }
            Files.writeString(place.resolve(AGREED), "");
        } catch (IOException e) {
            throw unwritable(entry.place(), e);
        }
    }

    private Path place(String cache, String key) {
        if (!BuiltFor.isKey(key)) {
            throw new IllegalArgumentException("not the name of an entry: " + key);
        }
        return directory.resolve(cache).resolve(key);
    }

    /** What lies in a directory under names that are hashes. */
    private static List<Path> keys(Path of) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(of)) {
            for (Path each : all) {
                if (BuiltFor.isKey(String.valueOf(each.getFileName()))) {
                    found.add(each);
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        found.sort(null);
        return found;
    }

    private static Optional<Entry> sound(Path place, String key) {
        try {
            return read(place, key);
        } catch (DeployException e) {
            return Optional.empty();
        }
    }

    private static Optional<Entry> read(Path place, String key) {
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
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
            return Optional.of(new Entry(
                    place,
                    file,
                    LocalFile.of(builtFor),
                    says,
                    Origin.read(place),
                    Files.exists(place.resolve(AGREED))));
        } catch (IOException e) {
            throw damaged(place);
        }
    }

    private static DeployException damaged(Path place) {
        return new DeployException(
                ExitCode.FAILED,
                place + " is not what its " + BuiltFor.NAME + " says: it was damaged, and is not used.",
                "The next build takes its place.");
    }

    private static DeployException unwritable(Path place, IOException why) {
        return new DeployException(
                ExitCode.FAILED,
                "Can't write " + place + " on this machine: " + why.getMessage(),
                "Make room or make it writable.",
                why);
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
