package dev.flashvsr.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The unchanged playbook for FlashVSR against a real OpenSSH server: one box, deployed once, then spoiled in one way after
 * another. What it downloads comes from the pocket internet; what needs a GPU is a stand-in, as in a rehearsal.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FlashvsrIT {
    /** What the playbook requires of a rented box, and the machine that runs this test need not have. */
    private static final String OF_THIS_MACHINE = "memory,disk-size,inodes";

    private static final String COMPILE = "block-sparse-attention";

    @TempDir
    static Path directory;

    private static RehearsedBox box;
    private static Program program;
    private static String target;

    @BeforeAll
    static void start() throws Exception {
        box = RehearsedBox.start(directory);
        target = box.target();
        program = box.program();
    }

    @AfterAll
    static void stop() throws Exception {
        box.close();
    }

    @Test
    @Order(1)
    void theFirstRunRunsEveryStep() throws Exception {
        ProgramResult up = program.run("up", target, "--ignore", OF_THIS_MACHINE, "--yes")
                .exits(0)
                .says("NVIDIA A100-SXM4-80GB (stand-in)");
        // What apt-get brings, conda packages need not.
        up.says("tools: as wanted already");
        assertThat(box.playbook().steps())
                .hasSize(12)
                .filteredOn(step -> !step.id().equals("tools"))
                .allSatisfy(step -> up.says(step.id() + ": started", step.id() + ": done"));
        assertThat(box.root().resolve("smoke/result.json")).content().contains("\"passed\": true");
        // What came of it is here.
        assertThat(kept()).hasSize(1);
        Path results = program.state().resolve("results");
        up.says("smoke says: passed: ", "smoke: its results are here\n         " + results);
        try (Stream<Path> all = Files.walk(results)) {
            assertThat(all.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("output.mp4", "before-after.png", "result.json");
        }
    }

    /** The builds that are kept here. */
    private static List<Path> kept() throws IOException {
        try (Stream<Path> all = Files.walk(program.state().resolve("cache"), 3)) {
            return all.filter(path -> path.getParent().endsWith("wheels")).toList();
        }
    }

    @Test
    @Order(2)
    void theSecondRunHasNothingToDo() throws Exception {
        program.run("up", target, "--ignore", OF_THIS_MACHINE, "--yes")
                .exits(0)
                .says("Nothing to do: 12 steps as wanted");
        program.run("plan", target, "--ignore", OF_THIS_MACHINE, "--detailed-exitcode")
                .exits(0);
        program.run("status", target).exits(0).says(COMPILE, "smoke");
        assertThat(runs()).hasSize(1);
    }

    @Test
    @Order(3)
    void aNewBoxTakesTheBuildOfThisOneAndCompilesNothing() throws Exception {
        Path root = box.root();
        Path built = root.resolve("wheels").resolve(kept().get(0).getFileName());
        // Sources and weights would only be fetched again; Python and the CUDA compiler are what the key is foretold
        // of.
        for (String gone : List.of(".deploy", "env", "conda", "cuda", "cuda-home", "cuda-home.done", "wheels", "src")) {
            Shell.run("rm", "-r", "-f", root.resolve(gone).toString());
        }

        program.run("plan", target, "--ignore", OF_THIS_MACHINE)
                .exits(0)
                .says("not there yet; not built anew: kept here, built by " + target);
        program.run("up", target, "--ignore", OF_THIS_MACHINE, "--yes")
                .exits(0)
                .says(COMPILE + ": what it builds was kept here", COMPILE + ": done");
        assertThat(root.resolve("src/" + COMPILE)).doesNotExist();
        assertThat(built).isDirectory();
        program.run("plan", target, "--ignore", OF_THIS_MACHINE, "--detailed-exitcode")
                .exits(0);
    }

    @Test
    @Order(4)
    void afterOneStepsResultIsDeletedThatStepAloneRuns() throws Exception {
        Shell.run("rm", "-r", box.root().resolve("cuda").toString());
        program.run("plan", target, "--ignore", OF_THIS_MACHINE, "--detailed-exitcode")
                .exits(10)
                .says("! cuda-compiler", "but its check says no");
        program.run("up", target, "--ignore", OF_THIS_MACHINE, "--yes")
                .exits(0)
                .says("cuda-compiler: done", COMPILE + ": skipped", "smoke: skipped");
        assertThat(attemptsOfTheNewestRun()).containsExactly("cuda-compiler");
    }

    @Test
    @Order(5)
    void afterOneInputIsChangedThatStepRunsAndThoseThatNeedItAreChecked() throws Exception {
        program = program.with("--set", "cuda_versions=12.4 12.5");
        program.run("plan", target, "--ignore", OF_THIS_MACHINE)
                .exits(0)
                .says("cuda_versions", "decided on the box, after cuda-compiler");
        program.run("up", target, "--ignore", OF_THIS_MACHINE, "--yes")
                .exits(0)
                .says("cuda-compiler: started", COMPILE + ": skipped", "smoke: skipped");
        assertThat(attemptsOfTheNewestRun()).containsExactly("cuda-compiler");
    }

    @Test
    @Order(6)
    void afterAFailedCompileWhatWasCompiledIsNotCompiledAgain() throws Exception {
        Path root = box.root();
        Shell.run(
                "rm",
                "-r",
                "-f",
                root.resolve("env/.done/" + COMPILE).toString(),
                root.resolve("wheels").toString(),
                root.resolve("src").toString());
        box.rehearsal().box().failAt(Optional.of(COMPILE));
        program.run("up", target, "--ignore", OF_THIS_MACHINE, "--yes", "--no-cache")
                .exits(1)
                .says(COMPILE + ": FAILED", "rehearsed failure", "smoke: not started", "logs " + target + " " + COMPILE)
                .hasNoTrace();
        Map<String, String> finished = objects();
        assertThat(finished).hasSizeBetween(1, 8);

        program.run("up", target, "--ignore", OF_THIS_MACHINE, "--yes", "--no-cache")
                .exits(0)
                .says(COMPILE + ": resumed", COMPILE + ": done");
        assertThat(objects()).hasSize(9).containsAllEntriesOf(finished);
        program.run("plan", target, "--ignore", OF_THIS_MACHINE, "--detailed-exitcode")
                .exits(0);
    }

    @Test
    @Order(7)
    void weightsThatRottedUnderTheSameSizeAndTimesAreFoundByADeepLookAndMended() throws Exception {
        Path file = box.root().resolve("weights/FlashVSR-v1.1/TCDecoder.ckpt");
        byte[] right = Files.readAllBytes(file);
        byte[] rotten = right.clone();
        rotten[right.length / 2] ^= 1;
        FileTime time = Files.getLastModifiedTime(file);
        Files.write(file, rotten);
        Files.setLastModifiedTime(file, time);

        program.run("status", target).exits(0).says("12 of 12 steps as wanted, 0 drifted");
        program.run("status", target, "--deep")
                .exits(0)
                .says("! weights", "no longer what its SHA-256 says: TCDecoder.ckpt", "--force weights does the rest");
        program.run("up", target, "--ignore", OF_THIS_MACHINE, "--yes", "--force", "weights")
                .exits(0);
        assertThat(file).hasBinaryContent(right);
        program.run("status", target, "--deep").exits(0).says("12 of 12 steps as wanted, 0 drifted");
    }

    /** Of each object file what would change if it were compiled again. */
    private static Map<String, String> objects() throws IOException {
        Map<String, String> objects = new TreeMap<>();
        try (Stream<Path> all = Files.walk(box.root().resolve("src"))) {
            for (Path object :
                    all.filter(file -> file.toString().endsWith(".o")).toList()) {
                objects.put(
                        object.getFileName().toString(),
                        Files.getAttribute(object, "unix:ino") + " " + Files.getLastModifiedTime(object));
            }
        }
        return objects;
    }

    private static List<Path> runs() throws IOException {
        try (Stream<Path> all = Files.list(box.root().resolve(".deploy/runs"))) {
            return all.sorted().toList();
        }
    }

    /** The steps that the newest run tried to apply. */
    private static List<String> attemptsOfTheNewestRun() throws IOException {
        List<Path> runs = runs();
        try (Stream<Path> steps = Files.list(runs.get(runs.size() - 1).resolve("steps"))) {
            return steps.filter(step -> hasAttempt(step))
                    .map(step -> step.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static boolean hasAttempt(Path step) {
        try (Stream<Path> inside = Files.list(step)) {
            return inside.anyMatch(entry -> entry.getFileName().toString().matches("[0-9]+"));
        } catch (IOException e) {
            return false;
        }
    }
}
