package dev.flashvsr.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.process.LocalCommand;
import dev.flashvsr.deploy.process.LocalResult;
import java.time.Duration;

/** Commands of this machine that a test needs. */
final class Shell {
    private Shell() {}

    /** Runs it; its output. */
    static String run(String... command) {
        LocalResult result = LocalCommand.of(command).run(Duration.ofSeconds(60));
        assertThat(result.ok())
                .as(String.join(" ", command) + ": " + result.error())
                .isTrue();
        return result.output();
    }
}
