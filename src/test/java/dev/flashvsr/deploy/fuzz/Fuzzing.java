package dev.flashvsr.deploy.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One reader, many damaged inputs; an input that it does not cope with is kept in a file. */
final class Fuzzing {
    /** No input may take longer, on a machine that does other things too. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    private static final Path BESIDE_THE_PLAYBOOK =
            Path.of("src/test/resources/dev/flashvsr/deploy/playbook/valid/full");

    private final Reader reader;
    private final Path directory;
    private final Path failures;

    /** {@code scratch} is an empty directory; what fails goes to {@code failures}. */
    Fuzzing(Reader reader, Path scratch, Path failures) throws IOException {
        this.reader = reader;
        this.directory = scratch.resolve(reader.name());
        this.failures = failures;
        Files.createDirectories(directory.resolve(reader.file()).getParent());
        if (reader == Reader.PLAYBOOK) {
            copy(BESIDE_THE_PLAYBOOK, directory);
        }
    }

    /** What was seen of one reader. */
    record Seen(Reader reader, int inputs, int taken, int failed, Duration longest) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%-11s %8d inputs, %7d taken, %8d refused, %d failed, longest %.2f s",
                    reader.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    inputs,
                    taken,
                    inputs - taken - failed,
                    failed,
                    longest.toMillis() / 1000.0);
        }
    }

    /** Its right files, and those that once broke it. */
    List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.list(reader.seeds())) {
            for (Path file : files.sorted().toList()) {
                seeds.add(Files.readAllBytes(file));
            }
        }
        return seeds;
    }

    /** Reads one input, and says whether it was taken. */
    boolean read(byte[] input) throws IOException {
        return reader.read(directory, input);
    }

    /** Reads so many damaged ones. */
    Seen run(int inputs, long seed) throws IOException {
        Damage damage = new Damage(seeds(), seed);
        int taken = 0;
        int failed = 0;
        long longest = 0;
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "watch");
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (int i = 0; i < inputs; i++) {
                byte[] input = damage.next();
                ScheduledFuture<?> hang = watch.schedule(() -> hangs(input), 3 * LONGEST.toSeconds(), TimeUnit.SECONDS);
                long began = System.nanoTime();
                try {
                    taken += read(input) ? 1 : 0;
                } catch (AssertionError e) {
                    failed++;
                    keep(input, e);
                }
                long took = System.nanoTime() - began;
                hang.cancel(false);
                if (took > LONGEST.toNanos()) {
                    failed++;
                    keep(input, new AssertionError("took " + Duration.ofNanos(took)));
                }
                longest = Math.max(longest, took);
            }
        } finally {
            watch.shutdownNow();
        }
        return new Seen(reader, inputs, taken, failed, Duration.ofNanos(longest));
    }

    private void hangs(byte[] input) {
        keep(input, new AssertionError("hangs"));
        Runtime.getRuntime().halt(1);
    }

    private void keep(byte[] input, AssertionError why) {
        try {
            Files.createDirectories(failures);
            Path file = Files.createTempFile(failures, reader.name() + "-", "");
            Files.write(file, input);
            Throwable cause = why.getCause() == null ? why : why.getCause();
            StackTraceElement[] trace = cause.getStackTrace();
            System.err.println(file + ": " + why.getMessage());
            for (int i = 0; i < Math.min(8, trace.length); i++) {
                System.err.println("    at " + trace[i]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
