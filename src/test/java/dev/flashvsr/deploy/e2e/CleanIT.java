package dev.flashvsr.deploy.e2e;

import static dev.flashvsr.deploy.e2e.SmallBox.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flashvsr.deploy.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is removed from a box, over a real SSH server. The bash that does it has tests of its own. */
class CleanIT {
    @RegisterExtension
    static final SharedSshd SSHD = new SharedSshd();

    @TempDir
    Path directory;

    private SmallBox box;

    @BeforeEach
    void playbook() throws IOException {
        box = SSHD.box(directory)
                .playbook(
                        step(
                                "ground",
                                "",
                                "mkdir -p $root/earth; : >$root/earth/clay",
                                "makes: [earth, ran, done/ground]"),
                        step("walls", "ground", "mkdir -p $root/bricks", "makes: [bricks, ran, done/walls]"));
    }

    @Test
    void itIsListedThenRemovedAndWhatWasThereBeforeStays() throws Exception {
        Files.createDirectories(box.root().resolve("bricks"));
        Files.writeString(box.root().resolve("foreign"), "mine");
        box.program().run("up", box.target(), "--yes").exits(0);

        box.program()
                .run("clean", box.target())
                .exits(2)
                .says("earth  ground", ".deploy", "Left alone:", "bricks", "was there before walls")
                .complains("Nothing was changed", "--yes")
                .hasNoTrace();
        assertThat(box.root().resolve("earth/clay")).exists();
        ProgramResult json =
                box.program().run("clean", box.target(), "--yes", "--json").exits(0);

        assertThat(Json.parseObject(json.out().strip()).string("result")).isEqualTo("ok");
        assertThat(box.root().toFile().list()).containsExactlyInAnyOrder("bricks", "foreign");
        box.program().run("clean", box.target(), "--yes").exits(0).says("nothing to remove");
    }

    @Test
    void stepsAloneAreBuiltAgainAndNothingElse() throws Exception {
        box.program().run("up", box.target(), "--yes").exits(0);
        box.program()
                .run("clean", box.target(), "--yes", "--only", "walls")
                .exits(0)
                .says("removed bricks", "ran", "of ground, too");
        assertThat(box.root().resolve("bricks")).doesNotExist();

        box.program().run("up", box.target(), "--yes").exits(0);

        assertThat(box.ran()).containsExactly("ground", "walls", "walls");
        box.program().run("clean", box.target(), "--only", "wals").exits(2).complains("did you mean \"walls\"?");
    }

    @Test
    void aRunAndAStepThatOutlivedItsRunnerAreInTheWay() throws Exception {
        box.playbook(step("ground", "", "wait_for go", "makes: [done/ground, ran]"));
        try (RunningProgram up = box.program().start("up", box.target(), "--yes")) {
            box.waitForStart("ground");
            box.program()
                    .run("clean", box.target(), "--yes")
                    .exits(5)
                    .complains("is held by a run", "flashvsr-deploy attach", "flashvsr-deploy cancel");
        }
        box.killRunner();
        box.program().run("clean", box.target(), "--yes").exits(5).complains("The step ground", "still runs");
        assertThat(box.root().resolve("ran")).exists();
        box.open("go");
    }

    @Test
    void itComesToItsEndWhenTheProgramIsKilled() throws Exception {
        box.playbook(step(
                "ground",
                "",
                "mkdir $root/many; (cd $root/many; touch $(seq 20000))",
                "makes: [many, ran, done/ground]"));
        box.program().run("up", box.target(), "--yes").exits(0);
        try (RunningProgram clean = box.program().start("clean", box.target(), "--yes")) {
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> !Files.exists(box.root().resolve("many")));
            clean.signal("KILL");
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> !Files.exists(box.root()));
    }
}
