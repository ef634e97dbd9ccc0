package dev.flashvsr.deploy.inspect.bench;

import dev.flashvsr.deploy.box.Answer;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.BoxStream;
import dev.flashvsr.deploy.box.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Random bytes to the box and back: they don't get smaller on the way, whatever compresses there. */
final class LineBench {
    private static final int BLOCK = 1 << 20;
    private static final Duration GRACE = Duration.ofSeconds(4);
    private static final double BYTES_PER_MS_IN_MB_PER_S = 1e3;
    private static final double NANOS_PER_MS = 1e6;

    private final BoxShell shell;
    private final BenchPace pace;
    private final byte[] block = new byte[BLOCK];
    private final LongSupplier nanos;

    LineBench(BoxShell shell, BenchPace pace, RandomGenerator random, LongSupplier nanos) {
        this.shell = shell;
        this.pace = pace;
        this.nanos = nanos;
        random.nextBytes(block);
    }

    /** Lines NAME=VALUE. The box itself counts and times what arrives, so that no buffer of ours is taken for the line. */
    String push() {
        Answer answer = shell.run(
                BenchScripts.push().withArguments(String.valueOf(pace.lineBytes()), seconds()),
                out -> {
                    // One more than is counted: the clock starts at the first.
                    out.write(0);
                    for (long left = pace.lineBytes(); left > 0; left -= BLOCK) {
                        out.write(block, 0, (int) Math.min(left, BLOCK));
                    }
                },
                pace.lineStep().plus(GRACE));
        answer.expectOk("take bytes of the measurement");
        long bytes = number(answer.text(), "push_bytes");
        long millis = number(answer.text(), "push_ms");
        return "push_bytes=" + bytes + "\n" + speed("push_mb_s", bytes, millis);
    }

    /** The same the other way. */
    String pull() {
        long bytes = 0;
        long first = 0;
        long last = 0;
        byte[] buffer = new byte[1 << 16];
        // What a slow line still holds when the box has ended is not waited for.
        try (BoxStream stream = shell.open(
                        BenchScripts.pull().withArguments(String.valueOf(pace.lineBytes()), seconds()),
                        pace.lineStep().plus(GRACE));
                Deadline deadline = new Deadline(pace.lineStep().plusSeconds(1), stream::close)) {
            try {
                InputStream in = stream.stdout();
                int read = in.read(buffer);
                first = nanos.getAsLong();
                last = first;
                for (read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    bytes += read;
                    last = nanos.getAsLong();
                }
            } catch (IOException e) {
                if (!deadline.passed()) {
                    return "pull_error=the link broke\n";
                }
            }
        }
        return "pull_bytes=" + bytes + "\n" + speed("pull_mb_s", bytes, Math.round((last - first) / NANOS_PER_MS));
    }

    private static String speed(String name, long bytes, long millis) {
        return bytes <= 0
                ? ""
                : String.format(Locale.ROOT, "%s=%.2f%n", name, bytes / BYTES_PER_MS_IN_MB_PER_S / Math.max(1, millis));
    }

    /** 0 where the box says none. */
    private static long number(String text, String name) {
        return text.lines()
                .filter(line -> line.matches(name + "=[0-9]{1,12}"))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private String seconds() {
        return String.valueOf(Math.max(1, pace.lineStep().toSeconds()));
    }
}
