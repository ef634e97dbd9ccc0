package dev.flashvsr.deploy.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Files that only their owner can read, at names that others may have prepared. */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final int STICKY = 01000;

    private static Optional<Object> us = Optional.empty();

    private PrivateFiles() {}

    /** For a new file that only its owner can read. */
    public static FileAttribute<Set<PosixFilePermission>> forFile() {
        return PosixFilePermissions.asFileAttribute(FILE);
    }

    /** Makes a directory, and those above it that are missing, so that only its owner can enter it; tightens one that is there. */
    public static void directory(Path directory) throws IOException {
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
        if (isOurs(directory) && !isSticky(directory)) {
            tighten(directory, DIRECTORY);
        }
    }

    /** Takes from others what they may do with the files of a directory. */
    public static void files(Path directory, String glob) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
            for (Path file : files) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && isOurs(file)) {
                    tighten(file, FILE);
                }
            }
        }
    }

    /**
     * Opens a file that an earlier time may have left, to go on with it. What is there and may be another's doing (a link, a
     * file that others own, may write or have a second name for) is removed first, so that nothing but a new file is written.
     */
    public static FileChannel openPart(Path part) throws IOException {
        Set<OpenOption> options =
                new HashSet<>(Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        if (!isOwnPart(part)) {
            Files.deleteIfExists(part);
            options.add(StandardOpenOption.CREATE_NEW);
        }
        return FileChannel.open(part, options, forFile());
    }

    /** Fails for a link that another user than root made: where it leads is that user's choice. */
    public static void refuseOthersLink(Path file) throws IOException {
        if (Files.isSymbolicLink(file) && !isOurs(file) && !owner(file).equals(0)) {
            throw new FileSystemException(file.toString(), null, "it is a link that another user made");
        }
    }

    private static boolean isOwnPart(Path part) throws IOException {
        if (!Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Map<String, Object> unix = Files.readAttributes(part, "unix:nlink,mode", LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) unix.getOrDefault("mode", 0);
        return isOurs(part) && unix.getOrDefault("nlink", 0).equals(1) && (mode & 022) == 0;
    }

    private static boolean isOurs(Path file) throws IOException {
        return owner(file).equals(ourselves());
    }

    private static Object owner(Path file) throws IOException {
        return Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    /** Whoever a file belongs to that we make. */
    private static synchronized Object ourselves() throws IOException {
        if (us.isEmpty()) {
            Path made = Files.createTempFile("flashvsr-deploy-", ".whose");
            us = Optional.of(owner(made));
            Files.delete(made);
        }
        return us.get();
    }

    private static boolean isSticky(Path directory) throws IOException {
        return ((Integer) Files.getAttribute(directory, "unix:mode") & STICKY) != 0;
    }

    private static void tighten(Path path, Set<PosixFilePermission> wanted) throws IOException {
        if (!wanted.containsAll(Files.getPosixFilePermissions(path))) {
            Files.setPosixFilePermissions(path, wanted);
        }
    }
}
