package dev.flashvsr.deploy.checkpoint;

import dev.flashvsr.deploy.file.PrivateFiles;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.FileTrouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The journals below the state directory, one file for each run that was followed: {@code journal/<box id>-….jsonl}, and
 * {@code journal/new-….jsonl} of a box that had no identity yet, as before its first run. Of each box the newest ones stay.
 * Earlier versions kept one file a box, {@code journal/<box id>.jsonl}: they are still read.
 */
public final class Journals {
    /** Below the state directory. */
    static final String DIRECTORY = "journal";

    /** How many journals of one box stay. */
    static final int KEPT = 20;

    /** How many journals of boxes without an identity stay: each may be of another box. */
    static final int KEPT_NEW = 200;

    /** What the name of a journal starts with where the box had no identity. */
    private static final String NEW = "new";

    /** Room that the events of a run need at the least. */
    private static final int PROBE_BYTES = 64 * 1024;

    private final Path directory;

    private Journals(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes the directory where it is missing and really writes to it, so that what would fail later fails before the box is
     * touched.
     *
     * @throws DeployException exit 1, if it can't be written, or is full
     */
    public static Journals open(Path stateDir) {
        Path directory = stateDir.resolve(DIRECTORY);
        try {
            PrivateFiles.directory(directory);
            PrivateFiles.files(directory, "*.jsonl");
            probe(directory);
            return new Journals(directory);
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    /**
     * Opens a journal for one run on a box, and removes the oldest ones of the same box, so that {@value #KEPT} stay.
     *
     * @param boxId 32 hex digits, where the box has an identity
     * @throws DeployException exit 1, if it can't be opened
     */
    public Journal of(Optional<String> boxId) {
        String box = boxId.filter(id -> id.matches("[0-9a-f]{32}")).orElse(NEW);
        try {
            Journal journal = Journal.open(Files.createTempFile(directory, box + "-", ".jsonl"));
            JournalFiles.prune(directory, box + "-*.jsonl", box.equals(NEW) ? KEPT_NEW : KEPT);
            return journal;
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    private static void probe(Path directory) throws IOException {
        Path probe = Files.createTempFile(directory, ".probe-", "");
        try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(PROBE_BYTES);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private static DeployException unwritable(Path path, IOException e) {
        return new DeployException(
                ExitCode.FAILED,
                "The state directory can't be written: " + path + ": " + FileTrouble.why(path, e)
                        + ". Nothing was done on the box.",
                "Make room or make it writable, or name another one with --state-dir DIR.",
                e);
    }
}
