package dev.flashvsr.deploy.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.rehearsal.PlaybookWalk.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The unchanged playbook with this machine's own git, git-lfs, curl, Python, pip, Ninja and g++. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlaybookWalkIT {
    @TempDir
    static Path state;

    private static PlaybookWalk walk;

    @BeforeAll
    static void start() {
        walk = new PlaybookWalk(state, System.getenv("PATH"));
    }

    @AfterAll
    static void stop() {
        walk.close();
    }

    @Test
    @Order(1)
    void everyStepIsWantedThenAppliesAndThenIsAsWanted() throws Exception {
        for (Step step : walk.steps()) {
            assertThat(walk.check(step).status())
                    .as("check of %s before", step.id())
                    .isNotZero();
            succeeds(step, 1);
        }
        assertThat(walk.box().root().resolve("smoke/result.json")).content().contains("\"passed\": true");
    }

    @Test
    @Order(2)
    void everyStepCanFailOnceAndIsAsWantedAfterTheNextAttempt() throws Exception {
        for (Step step : walk.steps()) {
            walk.undo(step.id());
            walk.box().failAt(Optional.of(step.id()));
            Answer failed = walk.apply(step, 1);
            assertThat(failed.status())
                    .as("apply of %s: %s", step.id(), failed.out())
                    .isNotIn(0, 75);
            assertThat(failed.out()).as(step.id()).contains("(rehearsed failure)");
            assertThat(walk.check(step).status())
                    .as("check of %s after its failure", step.id())
                    .isNotZero();
            Map<Path, FileTime> compiled = objects();
            succeeds(step, 2);
            assertThat(objects()).as("what was compiled is not compiled again").containsAllEntriesOf(compiled);
            if (step.id().equals("block-sparse-attention")) {
                assertThat(compiled).hasSizeBetween(4, 8);
            }
        }
    }

    private static void succeeds(Step step, int attempt) throws Exception {
        Answer apply = walk.apply(step, attempt);
        assertThat(apply.status()).as("apply of %s: %s", step.id(), apply.out()).isZero();
        Answer after = walk.check(step);
        assertThat(after.status())
                .as("check of %s after: %s", step.id(), after.out())
                .isZero();
    }

    private static Map<Path, FileTime> objects() throws IOException {
        Path build = walk.box().root().resolve("src/block-sparse-attention/build");
        Map<Path, FileTime> objects = new LinkedHashMap<>();
        if (Files.isDirectory(build)) {
            try (Stream<Path> all = Files.walk(build)) {
                for (Path file :
                        all.filter(path -> path.toString().endsWith(".o")).toList()) {
                    objects.put(file, Files.getLastModifiedTime(file));
                }
            }
        }
        return objects;
    }
}
