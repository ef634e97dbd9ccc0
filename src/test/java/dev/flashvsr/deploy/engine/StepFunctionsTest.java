package dev.flashvsr.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a step's functions are asked with, and what is made of their answers, without a box. */
@Timeout(20)
class StepFunctionsTest {
    private final EngineFixture engine;

    StepFunctionsTest(@TempDir Path directory) throws IOException {
        engine = new EngineFixture(directory);
    }

    @Test
    void functionsOfStepsAreAskedWithWhatTheirChecksGet() {
        Map<String, String> sent = new LinkedHashMap<>();
        ScriptedBox box = new ScriptedBox().on("call", (arguments, in, out) -> {
            sent.putAll(ScriptedBox.entries(in));
            ScriptedBox.entry(out, "call/a", "one\ntwo\n");
            ScriptedBox.entry(out, "call/a/exit", "0");
            ScriptedBox.entry(out, "call/b", "half");
            ScriptedBox.entry(out, "call/b/exit", "timeout");
            return 0;
        });
        Plan plan = engine.plan();

        assertThat(new StepFunctions(new Random(1)).call(box, plan, plan.steps(), "downloads"))
                .isEqualTo(Map.of("a", List.of("one", "two")));
        assertThat(sent)
                .containsEntry("root", "/w")
                .containsEntry("function", "downloads")
                .containsEntry("limit", "30")
                .containsEntry("steps", "a\nb\n")
                .containsEntry("steps/a/vars/colour", "red")
                .doesNotContainKey("steps/a/vars/root")
                .doesNotContainKey("steps/a/vars/STEP_OFFERED");

        new StepFunctions(new Random(1)).call(box, plan, plan.steps(), "downloads", Map.of("a", "a key"));

        assertThat(sent)
                .containsEntry("steps/a/vars/STEP_OFFERED", "a key")
                .doesNotContainKey("steps/b/vars/STEP_OFFERED");
    }
}
