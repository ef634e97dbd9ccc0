package dev.flashvsr.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flashvsr.deploy.problem.DeployException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of a box at first, and what is made of its answer, without one. */
@Timeout(20)
class SurveyorTest {
    private final EngineFixture engine;

    SurveyorTest(@TempDir Path directory) throws IOException {
        engine = new EngineFixture(directory);
    }

    @Test
    void aSurveySendsEveryStepWithItsValuesAndAsksForNoMore() throws Exception {
        AtomicReference<Map<String, String>> sent = new AtomicReference<>();
        ScriptedBox box = new ScriptedBox().on("survey", (arguments, in, out) -> {
            sent.set(ScriptedBox.entries(in));
            ScriptedBox.entry(out, "root", "/w");
            ScriptedBox.entry(out, "fact/now", "1090");
            return 0;
        });
        engine.clock.now = Instant.ofEpochSecond(1000);

        Survey survey = engine.surveyor().survey(box, false);

        assertThat(survey.state().root()).isEqualTo("/w");
        assertThat(survey.boxAhead()).isEqualTo(Duration.ofSeconds(90));
        assertThat(sent.get())
                .containsEntry("root", "/w")
                .containsEntry("limit", "30")
                .containsEntry("steps", "a\nb\n")
                .containsEntry("steps/a/vars/colour", "blue")
                .containsEntry("library.sh", "")
                .containsKeys("steps/a/script.sh", "steps/b/script.sh")
                .doesNotContainKeys("deep", "steps/a/vars/size", "steps/b/vars/colour");

        engine.surveyor().survey(box, true);
        assertThat(sent.get()).containsEntry("deep", "1");

        engine.surveyor().state(box);
        assertThat(sent.get()).containsEntry("steps", "").doesNotContainKeys("deep", "steps/a/script.sh");
    }

    @Test
    void aBoxThatDoesNotTellTheTimeIsNotAhead() {
        ScriptedBox box = new ScriptedBox().answering("survey", "root", "/w", "fact/now", "noon");
        assertThat(engine.surveyor().state(box).boxAhead()).isZero();
    }

    @Test
    void aSurveyThatFailsIsSaid() {
        ScriptedBox box = new ScriptedBox().on("survey", (arguments, in, out) -> {
            out.write("no room\n".getBytes(StandardCharsets.UTF_8));
            return 3;
        });
        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> engine.surveyor().state(box))
                .withMessageContaining("Can't look at the box")
                .withMessageContaining("no room");
    }
}
