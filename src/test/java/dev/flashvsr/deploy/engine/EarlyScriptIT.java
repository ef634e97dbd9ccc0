package dev.flashvsr.deploy.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxProcess;
import dev.flashvsr.deploy.box.BoxScript;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.box.Payload;
import dev.flashvsr.deploy.box.local.LocalBox;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A script that is there before its turn, on this machine. */
@Timeout(60)
class EarlyScriptIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Payload LAST = Payload.of("last\n".getBytes(UTF_8));

    @TempDir
    Path directory;

    private final Reluctant box = new Reluctant();

    @AfterEach
    void close() {
        box.close();
    }

    private EarlyScript script(String text) {
        return new EarlyScript(
                new BoxShell(box, new SecureRandom()),
                new BoxScript("early", text),
                Payload.of("first\n".getBytes(UTF_8)));
    }

    /** Leaves a file when the first line has come, and another one at the end of its input. */
    private String noting() {
        return "read -r line; : >'" + directory + "/begun'; cat; : >'" + directory + "/ended'";
    }

    private void awaitFile(String name) {
        await().until(() -> Files.exists(directory.resolve(name)));
    }

    @Test
    void itReadsWhatComesFirstBeforeItIsRun() {
        try (EarlyScript early = script(noting())) {
            early.prepare();
            early.prepare();
            awaitFile("begun");
            assertThat(directory.resolve("ended")).doesNotExist();
            assertThat(early.run(LAST, LIMIT).text()).isEqualTo("last\n");
        }
        assertThat(box.started).isEqualTo(1);
    }

    @Test
    void itRunsWithoutBeingPrepared() {
        try (EarlyScript early = script("cat")) {
            assertThat(early.run(LAST, LIMIT).text()).isEqualTo("first\nlast\n");
        }
    }

    @Test
    void aBoxThatOpensNoChannelThenIsAskedAgainWhenItsTurnHasCome() {
        box.refusals.add(new DeployException(ExitCode.FAILED, "no more channels", "Wait."));
        try (EarlyScript early = script("cat")) {
            early.prepare();
            assertThat(early.run(LAST, LIMIT).text()).isEqualTo("first\nlast\n");
        }
    }

    @Test
    void aLostLinkIsNotTriedAgain() {
        box.refusals.add(new LinkLostException("gone"));
        try (EarlyScript early = script("cat")) {
            early.prepare();
            assertThatThrownBy(() -> early.run(LAST, LIMIT))
                    .isInstanceOf(LinkLostException.class)
                    .hasMessage("gone");
        }
    }

    @Test
    void oneThatIsNotRunMeetsTheEndOfItsInput() {
        try (EarlyScript early = script(noting())) {
            early.prepare();
            awaitFile("begun");
        }
        awaitFile("ended");
    }

    /** This machine, but for the first refusals. */
    private static final class Reluctant implements Box {
        private final Box box = LocalBox.ofThisUser();
        private final Deque<RuntimeException> refusals = new ArrayDeque<>();
        private volatile int started;

        @Override
        public String label() {
            return box.label();
        }

        @Override
        public BoxProcess start(String commandLine) {
            if (!refusals.isEmpty()) {
                throw refusals.remove();
            }
            started++;
            return box.start(commandLine);
        }

        @Override
        public Duration roundTrip() {
            return box.roundTrip();
        }

        @Override
        public void close() {
            box.close();
        }
    }
}
