package dev.flashvsr.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.checkpoint.Attempt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a step's log is read, without a box. */
@Timeout(20)
class LogReaderTest {
    private static final Attempt ATTEMPT = new Attempt(
            "r1",
            2,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            "");
    private static final String LOG = "runs/r1/steps/a/2/log";

    private final EngineFixture engine;

    LogReaderTest(@TempDir Path directory) throws IOException {
        engine = new EngineFixture(directory);
    }

    private List<String> log(ScriptedBox box, boolean follow) {
        List<String> lines = new ArrayList<>();
        new LogReader(engine.context()).read(box, "/w", ATTEMPT, "a", "r9", follow, lines::add);
        return lines;
    }

    @Test
    void aLogIsReadAsFarAsItGoes() {
        ScriptedBox box = new ScriptedBox()
                .on("follow", ScriptedBox.following(Map.of(LOG, "one\n50 %\rtwo hunter2-hunter2\nlast"), ""));
        assertThat(log(box, false)).containsExactly("one", "two ***", "last");
    }

    @Test
    void aLogIsFollowedUntilItsAttemptEnds() {
        String others = "1 finished b attempt=2\n2 failed a attempt=1\n";
        for (String end : List.of("finished", "failed", "retrying")) {
            ScriptedBox box = new ScriptedBox()
                    .on(
                            "follow",
                            ScriptedBox.following(
                                    Map.of(LOG, "one\n", "runs/r9/events", others + "3 " + end + " a attempt=2\n"),
                                    "alive"));
            assertThat(log(box, true)).containsExactly("one");
        }
    }

    @Test
    void aLogIsLeftWhenNobodyLooksAfterItsAttemptAnyMore() {
        ScriptedBox box = new ScriptedBox()
                .on("follow", ScriptedBox.following(Map.of(LOG, "one\n", "runs/r9/events", ""), "dead"));
        assertThat(log(box, true)).containsExactly("one");
    }

    @Test
    void anotherCallersSecretIsKnownByItsTrace() throws Exception {
        String hash = HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256").digest("salthf_theirs".getBytes(StandardCharsets.UTF_8)));
        ScriptedBox box = new ScriptedBox()
                .on(
                        "follow",
                        ScriptedBox.following(
                                Map.of(LOG, "it is hf_theirs\n", "runs/r1/secrets", "HF_TOKEN 9 salt " + hash + "\n"),
                                ""));
        assertThat(log(box, false)).containsExactly("it is [secret]");
    }

    @Test
    void aLogThatBreaksOffIsALostLink() {
        ScriptedBox box = new ScriptedBox().on("follow", (arguments, in, out) -> 0);
        assertThatExceptionOfType(LinkLostException.class)
                .isThrownBy(() -> log(box, false))
                .withMessageContaining("before its end");
        ScriptedBox cut = new ScriptedBox().on("follow", (arguments, in, out) -> {
            ScriptedBox.frame(out, arguments.get(1), "x", 0, "y");
            throw new ScriptedBox.Cut();
        });
        assertThatExceptionOfType(LinkLostException.class).isThrownBy(() -> log(cut, false));
    }
}
