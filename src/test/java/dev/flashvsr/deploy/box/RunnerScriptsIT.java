package dev.flashvsr.deploy.box;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the tests that the box's scripts have in bash; {@code BASH_UNDER_TEST} names another bash for them. */
class RunnerScriptsIT {
    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void scriptsOnTheBoxPassTheirOwnTests() throws IOException, InterruptedException {
        Process tests = new ProcessBuilder(
                        List.of("bash", Path.of("src/test/sh/runner/run.sh").toString()))
                .redirectErrorStream(true)
                .start();
        tests.getOutputStream().close();
        String output = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tests.waitFor()).as(output).isZero();
        assertThat(output).containsPattern("[1-9][0-9]* passed, 0 failed");
    }
}
