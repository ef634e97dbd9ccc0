package dev.flashvsr.deploy.transfer;

import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.problem.DeployException;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends a file to a box. It is cut into blocks of 128 KiB that go over several channels at once, because one is bound by
 * its window of 2 MiB a round trip; over a short way one is enough. On the box they are written at their place into
 * {@code PATH.<16 hex>.part}, named after the content; after an interruption the blocks that are there are compared by
 * their SHA-256, and only the others are sent. Of what had reached the box less than a block a channel is sent again, so at
 * most 1 MiB. The file gets its name once its SHA-256 has been checked as a whole. Memory holds one block a channel.
 */
public final class Upload {
    static final int BLOCK = 128 << 10;
    static final int CHANNELS = 6;

    /** Each channel more costs the box a bash and some processes: without need that is a quarter of its work. */
    private static final Duration WORTH_A_CHANNEL = Duration.ofMillis(12);
    /** To open one costs as long as sending this much. */
    private static final long SENT_MEANWHILE = 1 << 20;

    private static final Duration STALL = Duration.ofMinutes(2);
    /** A slow disk reads at this rate when the whole file is hashed; nothing moves over the link meanwhile. */
    private static final long SLOW_DISK = 20 << 20;

    private final BoxShell shell;
    private final Duration stall;
    private final Optional<String> root;

    /** To this box. */
    public Upload(BoxShell shell) {
        this(shell, STALL, Optional.empty());
    }

    /** {@code stall}: how long nothing may move before the box is given up, beside the time to hash the file there. */
    Upload(BoxShell shell, Duration stall) {
        this(shell, stall, Optional.empty());
    }

    private Upload(BoxShell shell, Duration stall, Optional<String> root) {
        this.shell = shell;
        this.stall = stall;
        this.root = root;
    }

    /** The same for files below {@code root}/.deploy: where that root is not there yet, the box notes that it is ours. */
    public Upload notingRoot(String root) {
        return new Upload(shell, stall, Optional.of(root));
    }

    /**
     * Makes {@code path} on the box a file with this content and mode 0600, in directories that are made where they are
     * missing. One that is there with this content is left as it is.
     *
     * @param path absolute
     * @throws LinkLostException when the link broke or the box took no more; what has arrived stays, for the next time
     * @throws DeployException exit status 1 when the box can't write it (a full disk, say) or the content changed
     *     meanwhile; 2 when it can't be read here
     */
    public Sent send(LocalFile file, String path, TransferProgress progress) {
        Duration limit = stall.plusSeconds(file.size() / SLOW_DISK);
        int channels = channels(file.size(), shell.roundTrip());
        try (UploadAttempt attempt = new UploadAttempt(shell, file, path, root, channels, progress, limit)) {
            return attempt.run();
        }
    }

    /** How many channels are worth their opening: enough for some 170 MiB/s over a way of this length. */
    static int channels(long size, Duration roundTrip) {
        long forTheWay = 1 + roundTrip.dividedBy(WORTH_A_CHANNEL);
        return (int) Math.max(1, Math.min(Math.min(CHANNELS, forTheWay), size / SENT_MEANWHILE));
    }
}
