package dev.flashvsr.deploy.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes one attempt of a step's apply fail: programs in front of the PATH that pass on to the real ones, until they run
 * for that step. Then they say what a real one would, and fail.
 *
 * @param directory in front of the box's PATH
 */
record FailOnce(Path directory) {
    /** Each step ends by a rename; the disk is full by then. */
    private static final List<String> WRITERS = List.of("mv");
    /** A step that compiles has its compiler crash half-way instead. */
    private static final List<String> COMPILERS = List.of("g++", "c++");

    /** Files that hold the step's id; the programs look for them. */
    private static final String FULL_DISK = ".full-disk";

    private static final String CRASH = ".crash";

    private static final String COMPILING_STEP = "block-sparse-attention";

    void arm(String step) throws IOException {
        Files.createDirectories(directory);
        boolean compiles = step.equals(COMPILING_STEP);
        String script = Resources.text(compiles ? "standins/failing/compiler" : "standins/failing/writer");
        for (String program : compiles ? COMPILERS : WRITERS) {
            BoxDirectory.install(directory, program, script);
        }
        Files.writeString(directory.resolve(compiles ? CRASH : FULL_DISK), step + "\n");
    }

    /** The programs stay and pass on: a shell that is running may remember where they lie. */
    void disarm() throws IOException {
        for (String name : List.of(CRASH, FULL_DISK, ".count", ".attempt")) {
            Files.deleteIfExists(directory.resolve(name));
        }
    }
}
