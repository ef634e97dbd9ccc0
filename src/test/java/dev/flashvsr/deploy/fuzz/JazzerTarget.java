package dev.flashvsr.deploy.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Jazzer calls; the system property {@code reader} names the one that it is to break. */
final class JazzerTarget {
    private static final Fuzzing FUZZING = fuzzing();

    private JazzerTarget() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        FUZZING.read(input);
    }

    private static Fuzzing fuzzing() {
        try {
            Reader reader = Reader.valueOf(System.getProperty("reader", ""));
            return new Fuzzing(reader, Files.createTempDirectory("fuzz-"), Path.of("target/fuzz/failures"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
