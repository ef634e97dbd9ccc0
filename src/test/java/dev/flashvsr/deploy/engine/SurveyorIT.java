package dev.flashvsr.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.local.LocalBox;
import dev.flashvsr.deploy.plan.Answer;
import dev.flashvsr.deploy.plan.CheckResult;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.PlaybookLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking at this machine as the box. */
class SurveyorIT {
    @TempDir
    Path directory;

    private Playbook playbook;

    @BeforeEach
    void aPlaybookWhoseCheckReadsForTwoSeconds() throws IOException {
        Files.createDirectory(directory.resolve("home"));
        Files.writeString(directory.resolve("playbook.yaml"), """
                version: 1
                name: large
                steps:
                  - id: large
                    title: Large files
                    check: |
                      sleep 2
                      echo "deep: ${DEPLOY_DEEP:-no}"
                      false
                    run: ':'
                """);
        playbook = PlaybookLoader.load(directory);
    }

    @Test
    void aDeepCheckMayReadForLongerThanAnotherMayTake() {
        assertThat(check(false).answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(check(true)).isEqualTo(new CheckResult(Answer.NO, "deep: 1"));
    }

    private CheckResult check(boolean deep) {
        Map<String, String> environment =
                Map.of("HOME", directory.resolve("home").toString(), "PATH", System.getenv("PATH"));
        Map<String, String> values = Map.of("root", directory.resolve("root").toString());
        try (Box box = new LocalBox("box", Path.of("/bin/bash"), environment)) {
            return new Surveyor(
                            playbook,
                            values,
                            new Random(),
                            Clock.systemUTC(),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(30))
                    .survey(box, deep)
                    .state()
                    .step("large")
                    .check();
        }
    }
}
