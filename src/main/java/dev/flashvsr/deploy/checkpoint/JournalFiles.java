package dev.flashvsr.deploy.checkpoint;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The files of a journal directory, by age. What can't be read or removed is passed over: it is history only. */
final class JournalFiles {
    private JournalFiles() {}

    /** Lists the files that match a glob, the one written last first; none where the directory is missing. */
    static List<Path> newestFirst(Path directory, String glob) {
        List<Dated> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
            for (Path file : files) {
                found.add(new Dated(file, written(file)));
            }
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        found.sort(Comparator.comparingLong(Dated::written).reversed().thenComparing(Dated::file));
        return found.stream().map(Dated::file).toList();
    }

    /** Removes all but the newest {@code kept} of the files that match a glob. */
    static void prune(Path directory, String glob, int kept) {
        newestFirst(directory, glob).stream().skip(kept).forEach(JournalFiles::remove);
    }

    private static long written(Path file) {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis();
        } catch (IOException e) {
            return Long.MIN_VALUE; // removed meanwhile, by another run's pruning
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            return; // the next run tries again
        }
    }

    private record Dated(Path file, long written) {}
}
