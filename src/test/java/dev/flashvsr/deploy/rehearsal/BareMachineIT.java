package dev.flashvsr.deploy.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.rehearsal.PlaybookWalk.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unchanged playbook on a machine that has bash and git, and none of the other tools. */
class BareMachineIT {
    private static final Set<String> MISSING =
            Set.of("python3", "python", "pip", "curl", "gcc", "g++", "cc", "c++", "make", "cmake", "ninja", "git-lfs");

    @TempDir
    Path state;

    @TempDir
    Path programs;

    /** JUnit would tell of each link that it removes. */
    @AfterEach
    void unlink() throws IOException {
        try (Stream<Path> links = Files.list(programs)) {
            for (Path link : links.toList()) {
                Files.delete(link);
            }
        }
    }

    @Test
    void standInsTakeThePlaceOfWhatIsMissing() throws Exception {
        linkAllButTheMissing();
        try (PlaybookWalk walk = new PlaybookWalk(state, programs.toString())) {
            assertThat(walk.box().standIns())
                    .contains("cmake", "curl", "g++", "gcc", "git-lfs", "make", "ninja", "python3");
            for (Step step : walk.steps()) {
                Answer apply = walk.apply(step, 1);
                assertThat(apply.status())
                        .as("apply of %s: %s", step.id(), apply.out())
                        .isZero();
                assertThat(walk.check(step).status())
                        .as("check of %s after %s", step.id(), apply.out())
                        .isZero();
            }
            assertThat(walk.box().root().resolve("smoke/result.json")).content().contains("NOTHING was enlarged");
        }
    }

    private void linkAllButTheMissing() throws IOException {
        for (String directory : System.getenv("PATH").split(":")) {
            if (!Files.isDirectory(Path.of(directory))) {
                continue;
            }
            try (Stream<Path> all = Files.list(Path.of(directory))) {
                for (Path program : all.toList()) {
                    String name = program.getFileName().toString();
                    Path link = programs.resolve(name);
                    if (!MISSING.contains(name) && !name.matches("(gcc|g\\+\\+)-\\d+") && !Files.exists(link)) {
                        Files.createSymbolicLink(link, program);
                    }
                }
            }
        }
    }
}
