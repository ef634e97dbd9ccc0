package dev.flashvsr.deploy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A short piece of what {@code scripts/fuzz} does at length. */
class ReadersFuzzTest {
    private static final long SEED = 20_260_101;
    private static final int INPUTS = 3500;

    @TempDir
    Path scratch;

    @ParameterizedTest
    @EnumSource(Reader.class)
    void theRightFilesAreTakenAndThoseThatOnceBrokeItAreNoHarm(Reader reader) throws IOException {
        Fuzzing fuzzing = new Fuzzing(reader, scratch, Path.of("target/fuzz/failures"));
        int taken = 0;
        for (byte[] seed : fuzzing.seeds()) {
            taken += fuzzing.read(seed) ? 1 : 0;
        }
        assertThat(taken).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Reader.class)
    void aDamagedFileIsReadOrRefusedInWords(Reader reader) throws IOException {
        Fuzzing.Seen seen = new Fuzzing(reader, scratch, Path.of("target/fuzz/failures")).run(INPUTS, SEED);

        assertThat(seen.failed()).as(seen.toString()).isZero();
        assertThat(seen.taken()).as("some survive, not all do").isBetween(1, INPUTS - 1);
    }
}
