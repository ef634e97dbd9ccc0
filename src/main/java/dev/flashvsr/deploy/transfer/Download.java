package dev.flashvsr.deploy.transfer;

import dev.flashvsr.deploy.box.BoxScript;
import dev.flashvsr.deploy.box.BoxScripts;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.BoxStream;
import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.problem.DeployException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Brings a file of a box to this machine. What arrives is written into a part file beside its place; after an interruption it
 * goes on where it was, if the box's file begins as the part does, by its SHA-256. The file gets its name once its SHA-256
 * is the one that the box computed of all of it. Nothing that a box says names a place here. Memory holds one piece.
 */
public final class Download {
    private static final BoxScript SEND = BoxScripts.join("send-file", "way", "transfer", "send-file");
    private static final Duration BEGIN = Duration.ofSeconds(30);
    private static final Duration STALL = Duration.ofMinutes(2);
    /** A slow disk reads at this rate when the box hashes the file; nothing moves over the link meanwhile. */
    private static final long SLOW_DISK = 20 << 20;

    private final BoxShell shell;
    private final Duration stall;

    /** From this box. */
    public Download(BoxShell shell) {
        this(shell, STALL);
    }

    /** {@code stall}: how long nothing may move before the box is given up, beside the time to hash the file there. */
    Download(BoxShell shell, Duration stall) {
        this.shell = shell;
        this.stall = stall;
    }

    /**
     * Makes {@code target} here a file with the content of {@code path} on the box, mode 0600, in directories that are made
     * where they are missing; one that is there is replaced by a rename, or left as it is when its content is the same.
     *
     * @param path absolute
     * @param limit bytes that it may have at most
     * @param progress hears what was there already, and what comes
     * @return empty when the box has no such file
     * @throws LinkLostException when the link broke or the box sent no more; what has arrived stays, for the next time
     * @throws DeployException exit status 1 when the file is too large or can't be read there, can't be written here, or is
     *     not what the box said
     */
    public Optional<Fetched> fetch(String path, Path target, long limit, TransferProgress progress) {
        DownloadFailures failures = new DownloadFailures(shell.label(), path, target);
        Duration quiet = stall.plusSeconds(limit / SLOW_DISK);
        try (PartFile part = PartFile.open(target, failures);
                BoxStream stream = shell.open(
                        SEND.withArguments(path, Long.toString(part.size()), part.sha256(), Long.toString(limit)),
                        BEGIN);
                DownloadAttempt attempt = new DownloadAttempt(stream, part, limit, progress, failures, quiet)) {
            return attempt.run();
        }
    }
}
