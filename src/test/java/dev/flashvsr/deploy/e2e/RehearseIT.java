package dev.flashvsr.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A rehearsal as a new user has it: it fails once on purpose, goes on, and has nothing to do in the end. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RehearseIT {
    @TempDir
    static Path home;

    private final Program program = Program.in(home);

    @Test
    @Order(1)
    void theWantedStepFailsAndSaysHowToGoOn() {
        program.run("rehearse", "--fail-at", "block-sparse-attention")
                .exits(1)
                .says(
                        "block-sparse-attention: FAILED",
                        "rehearsed failure",
                        "flashvsr-deploy rehearse --state-dir",
                        "goes on from here")
                .complains("Stand-ins:", "the weights: files of random bytes")
                .hasNoTrace();
    }

    @Test
    @Order(2)
    void theNextOneGoesOnThereAndShowsTheResult() throws Exception {
        ProgramResult again = program.run("rehearse")
                .exits(0)
                .says("block-sparse-attention: resumed", "smoke: done")
                .complains("This was a rehearsal");
        assertThat(again.out())
                .doesNotContain("conda: started", "pytorch: started")
                .containsIgnoringCase("psnr");
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith("call-")))
                    .as("nothing is written outside the state directory")
                    .containsExactly("state");
        }
    }

    @Test
    @Order(3)
    void afterThatThereIsNothingToDo() {
        program.run("rehearse").exits(0).says("Nothing to do: 12 steps as wanted");
    }

    @Test
    @Order(3)
    void aProgramThatReadsItsEventsIsToldTheStandInsToo() {
        List<JsonObject> events = program.run("rehearse", "--json").exits(0).lines().stream()
                .map(Json::parseObject)
                .toList();
        assertThat(events.stream()
                        .filter(event -> event.string("event").equals("notice"))
                        .map(event -> event.string("text")))
                .anyMatch(text -> text.contains("Stand-ins:"))
                .anyMatch(text -> text.contains("the weights: files of random bytes"));
    }

    @Test
    @Order(4)
    void cleanLeavesNothingOfItButWhatIsSomebodyElses() throws IOException {
        Path root = program.state().resolve("rehearsal/box/workspace");
        Files.createDirectories(root.resolve("downloads"));
        Files.writeString(root.resolve("downloads/mine"), "");

        program.run("clean", "local", "--set", "root=" + root, "--yes")
                .exits(0)
                .says("removed env", "removed weights/FlashVSR-v1.1", "removed .deploy");

        try (Stream<Path> left = Files.walk(root)) {
            assertThat(left.skip(1).map(path -> root.relativize(path).toString()))
                    .containsExactlyInAnyOrder("downloads", "downloads/mine");
        }
    }

    @Test
    @Order(5)
    void freshBeginsWithAnEmptyBox() throws IOException {
        program.run("rehearse", "--fresh", "--only", "box,system-packages")
                .exits(0)
                .says("system-packages: done");
        try (Stream<Path> left = Files.list(program.state().resolve("rehearsal/box/workspace"))) {
            assertThat(left.map(file -> file.getFileName().toString())).isSubsetOf(List.of(".deploy", "box-seen"));
        }
    }

    @Test
    void anUnknownStepIsWrongUsage() {
        program.run("rehearse", "--fail-at", "wieghts")
                .exits(2)
                .complains("weights")
                .hasNoTrace();
    }
}
