package dev.flashvsr.deploy.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** {@code scripts/fuzz}: so many inputs, shared out among all readers. */
final class FuzzMain {
    private FuzzMain() {}

    /** Arguments: number of inputs, seed, directory for what fails, then the readers (none: all). */
    public static void main(String[] args) throws IOException {
        int inputs = Integer.parseInt(args[0]);
        long seed = Long.parseLong(args[1]);
        List<Reader> readers = args.length > 3
                ? Arrays.stream(args).skip(3).map(Reader::valueOf).toList()
                : List.of(Reader.values());
        Path scratch = Files.createTempDirectory("fuzz-");
        int each = (inputs + readers.size() - 1) / readers.size();
        int all = 0;
        int failed = 0;
        long began = System.nanoTime();
        for (Reader reader : readers) {
            Fuzzing.Seen seen = new Fuzzing(reader, scratch, Path.of(args[2])).run(each, seed);
            System.out.println(seen);
            all += seen.inputs();
            failed += seen.failed();
        }
        System.out.printf(
                "%d inputs, seed %d, %d failed, %d s, heap of at most %d MiB%n",
                all,
                seed,
                failed,
                (System.nanoTime() - began) / 1_000_000_000,
                Runtime.getRuntime().maxMemory() >> 20);
        System.exit(failed == 0 ? 0 : 1);
    }
}
