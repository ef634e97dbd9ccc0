package dev.flashvsr.deploy.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.flashvsr.deploy.box.BoxStream;
import dev.flashvsr.deploy.problem.DeployException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection's worth of a download: hears what {@code send-file.sh} says, and holds it to that. */
final class DownloadAttempt implements AutoCloseable {
    private static final int PIECE = 1 << 16;
    private static final int LONGEST_LINE = 4096;

    /** Bytes a second, below which a box is given up: a thousandth of a slow line. */
    private static final long LEAST_RATE = 1024;

    private static final Pattern FILE = Pattern.compile("file ([0-9]{1,18}) ([0-9a-f]{64}) ([0-9]{1,18})");

    private final BoxStream stream;
    private final PartFile part;
    private final long limit;
    private final TransferProgress progress;
    private final DownloadFailures failures;
    private final Duration quiet;
    private final StallWatch watch;
    private volatile boolean stalled;

    /** {@code quiet}: how long next to nothing may come. */
    DownloadAttempt(
            BoxStream stream,
            PartFile part,
            long limit,
            TransferProgress progress,
            DownloadFailures failures,
            Duration quiet) {
        this.stream = stream;
        this.part = part;
        this.limit = limit;
        this.progress = progress;
        this.failures = failures;
        this.quiet = quiet;
        this.watch = new StallWatch(quiet, LEAST_RATE * Math.max(1, quiet.toSeconds()), () -> {
            stalled = true;
            stream.close();
        });
    }

    Optional<Fetched> run() {
        String line = line();
        if (line.equals("missing")) {
            return Optional.empty();
        } else if (line.startsWith("failed ")) {
            throw failures.refused(line.substring("failed ".length()));
        } else if (line.startsWith("large ")) {
            throw failures.large(limit);
        }
        Matcher file = FILE.matcher(line);
        if (!file.matches()) {
            throw failures.strange(line);
        }
        long size = Long.parseLong(file.group(1));
        long from = Long.parseLong(file.group(3));
        if (size > limit || from > size || from != 0 && from != part.size()) {
            throw failures.strange(line);
        }
        return Optional.of(take(size, file.group(2), from));
    }

    private Fetched take(long size, String sha256, long from) {
        progress.of(size);
        if (part.isThere(size, sha256)) {
            progress.found(size);
            return new Fetched(size, sha256, 0);
        }
        part.keep(from);
        progress.found(from);
        byte[] piece = new byte[PIECE];
        for (long left = size - from; left > 0; ) {
            int read = read(piece, (int) Math.min(left, piece.length));
            if (read < 0) {
                throw ended();
            }
            part.write(piece, read);
            left -= read;
            progress.moved(read);
        }
        if (read(piece, 1) >= 0) {
            throw failures.tooMuch(size);
        }
        part.finish(sha256);
        return new Fetched(size, sha256, size - from);
    }

    /** The first line, without its end. */
    private String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] next = new byte[1];
        while (true) {
            if (read(next, 1) < 0) {
                throw ended();
            } else if (next[0] == '\n') {
                return line.toString(US_ASCII);
            }
            line.write(next[0]);
            if (line.size() > LONGEST_LINE) {
                throw failures.strange(line.toString(US_ASCII));
            }
        }
    }

    private int read(byte[] bytes, int length) {
        InputStream in = stream.stdout();
        try {
            int read = in.read(bytes, 0, length);
            watch.moved(Math.max(read, 0));
            return read;
        } catch (IOException e) {
            throw stalled ? failures.stalled(quiet.toSeconds()) : failures.lost(e);
        }
    }

    private DeployException ended() {
        if (stalled) {
            return failures.stalled(quiet.toSeconds());
        }
        return failures.ended(stream.status(), stream.errorTail());
    }

    @Override
    public void close() {
        watch.close();
    }
}
