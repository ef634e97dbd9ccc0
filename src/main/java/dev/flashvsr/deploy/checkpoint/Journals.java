package dev.flashvsr.deploy.checkpoint;

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
 * The journals of all boxes below the state directory: {@code journal/<box id>.jsonl}. A box that has no identity yet, as
 * before its first run, gets one of its own, {@code journal/new-….jsonl}: two such boxes are not mixed up.
 */
public final class Journals {
    /** Below the state directory. */
    static final String DIRECTORY = "journal";

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
            Files.createDirectories(directory);
            probe(directory);
            return new Journals(directory);
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    /**
     * The journal of a box; {@code boxId} is 32 hex digits.
     *
     * @throws DeployException exit 1, if it can't be opened
     */
    public Journal of(Optional<String> boxId) {
        Optional<Path> known =
                boxId.filter(id -> id.matches("[0-9a-f]{32}")).map(id -> directory.resolve(id + ".jsonl"));
        try {
            return Journal.open(known.isPresent() ? known.get() : Files.createTempFile(directory, "new-", ".jsonl"));
        } catch (IOException e) {
            throw unwritable(known.orElse(directory), e);
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
