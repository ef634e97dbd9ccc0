package dev.flashvsr.deploy.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flashvsr.deploy.plan.CleanEnd;
import dev.flashvsr.deploy.plan.CleanList;
import dev.flashvsr.deploy.plan.CleanList.Left;
import dev.flashvsr.deploy.plan.CleanList.Removal;
import dev.flashvsr.deploy.plan.CleanList.Why;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Section 10 of docs/box-protocol.md, from this side. */
@Timeout(20)
class CleanerTest {
    private static final CleanList AGREED = new CleanList(
            List.of(
                    new Removal("src/a", OptionalLong.empty(), List.of("a"), List.of()),
                    new Removal(".deploy", OptionalLong.empty(), List.of(), List.of())),
            List.of());

    @TempDir
    Path directory;

    private final Map<String, String> sent = new HashMap<>();
    private final List<String> seen = new ArrayList<>();
    private EngineFixture engine;

    @BeforeEach
    void engine() throws IOException {
        engine = new EngineFixture(directory);
    }

    private Cleaner cleaner(String... only) {
        return new Cleaner(engine.context(), engine.playbook, List.of(only));
    }

    private ScriptedBox answering(String... namesAndTexts) {
        return new ScriptedBox().on("clean", (arguments, in, out) -> {
            sent.putAll(ScriptedBox.entries(in));
            sent.put("arguments", String.join(" ", arguments));
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                ScriptedBox.entry(out, namesAndTexts[i], namesAndTexts[i + 1]);
            }
            return 0;
        });
    }

    private ScriptedBox saying(String... lines) {
        return new ScriptedBox().on("clean", (arguments, in, out) -> {
            sent.putAll(ScriptedBox.entries(in));
            sent.put("arguments", String.join(" ", arguments));
            out.write((String.join("\n", lines) + "\n").getBytes(UTF_8));
            return 0;
        });
    }

    private CleanEnd removing(ScriptedBox box) {
        return cleaner().remove(box, "/w", AGREED, seen::add);
    }

    private void refused(ExitCode code, String message, String... lines) {
        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> removing(saying(lines)))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(code));
    }

    @Test
    void theBoxIsToldWhatTheStepsMakeAndWhichAreMeant() {
        cleaner("a").list(answering(), "/w");

        assertThat(sent)
                .containsEntry("arguments", "/w list")
                .containsEntry("only", "a\n")
                .containsEntry("steps", "a\nb\n")
                .containsEntry("steps/a/makes", "src/a\ndownloads/a\n")
                .containsEntry("steps/b/makes", "");
    }

    @Test
    void whatGoesIsListedInItsOrderTheProgramsOwnFilesLast() {
        ScriptedBox box = answering(
                "take/1", "path=src/a\nkib=3\nsteps=a\ngo=a  b b\n",
                "take/2", "path=gone\nkib=later\n",
                "trash", "kib=1\n",
                "record", "kib=2\n");

        assertThat(cleaner().list(box, "/w").removals())
                .containsExactly(
                        new Removal("src/a", OptionalLong.of(3072), List.of("a"), List.of("b")),
                        new Removal("gone", OptionalLong.empty(), List.of(), List.of()),
                        new Removal(".deploy/trash", OptionalLong.of(1024), List.of(), List.of()),
                        new Removal(".deploy", OptionalLong.of(2048), List.of(), List.of()));
        assertThat(cleaner().list(answering(), "/w").removals()).isEmpty();
    }

    @Test
    void whatStaysComesWithItsReason() {
        ScriptedBox box = answering(
                "leave/1",
                "path=conda\nsteps=a b\nwhy=found\n",
                "leave/2",
                "path=big\nsteps=a\nwhy=mount\nwhat= /data \n");

        assertThat(cleaner().list(box, "/w").left())
                .containsExactly(
                        new Left("conda", List.of("a", "b"), Why.FOUND, ""),
                        new Left("big", List.of("a"), Why.MOUNT, "/data"));
        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> cleaner().list(answering("leave/1", "path=conda\nwhy=because\n"), "/w"))
                .withMessageContaining("does not say why");
    }

    @Test
    void onlyWhatWasAgreedIsRemovedAndTheBoxIsToldWhoWantsIt() {
        CleanEnd end = removing(saying("started", "removed src/a", "failed .deploy\tbusy", "failed"));

        assertThat(end).isEqualTo(new CleanEnd(List.of("src/a"), Map.of(".deploy", "busy"), "failed"));
        assertThat(seen).containsExactly("src/a");
        assertThat(sent)
                .containsEntry("arguments", "/w remove")
                .containsEntry("agreed", "src/a\n.deploy\n")
                .containsEntry("only", "")
                .containsEntry("who", "ann")
                .containsEntry("from", "laptop")
                .containsEntry("since", "1000")
                .hasEntrySatisfying("run", run -> assertThat(run).matches("\\d{8}T\\d{6}Z-[0-9a-f]+"));
    }

    @Test
    void aRemovalEndsAsTheBoxSays() {
        assertThat(removing(saying("started", "ok")).result()).isEqualTo("ok");
        assertThat(removing(saying("started", "removed .", "cancelled")))
                .isEqualTo(new CleanEnd(List.of("."), Map.of(), "cancelled"));
    }

    @Test
    void aBoxThatIsTakenIsLeftAlone() {
        refused(ExitCode.BUSY, "held by the run r1, started by bob on desk", "refused run=r1\twho=bob\tfrom=desk");
        refused(ExitCode.BUSY, "the step weights of an earlier run still runs", "refused living=weights");
        refused(ExitCode.BUSY, "in use by another machine: a2", "refused elsewhere=a2");
        refused(ExitCode.FAILED, "Nothing was removed: no room", "refused error=no room");
        refused(ExitCode.FAILED, "a1 gave no reason", "refused");
        refused(ExitCode.BUSY, "can't be ended: 17 18", "refused processes=17 18");
    }

    @Test
    void aBoxThatSaysMoreThanAnyRemovalIsNotHeardToItsEnd() {
        refused(ExitCode.UNFIT, "says more than any removal does", "started", "x".repeat(9 << 20));
        refused(ExitCode.UNFIT, "says more than any removal does", "removed a\n".repeat(900_000));
        assertThat(removing(saying("failed " + "y".repeat(100_000) + "\tno", "ok"))
                        .result())
                .isEqualTo("ok");
    }

    @Test
    void aRemovalWithoutAnEndIsNoSuccess() {
        refused(ExitCode.FAILED, "was ended from outside", "started", "removed src/a");
        refused(ExitCode.FAILED, "was ended from outside", "started", "something else");
    }

    @Test
    void whenTheLinkBreaksItSaysWhetherTheRemovalHadBegun() {
        ScriptedBox.Play lost = (arguments, in, out) -> {
            ScriptedBox.entries(in);
            throw new ScriptedBox.Cut();
        };
        ScriptedBox.Play begun = (arguments, in, out) -> {
            ScriptedBox.entries(in);
            out.write("started\n".getBytes(UTF_8));
            throw new ScriptedBox.Cut();
        };
        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> removing(new ScriptedBox().on("clean", lost)))
                .withMessageContaining("before it said whether the removal began")
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DETACHED));
        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> removing(new ScriptedBox().on("clean", begun)))
                .withMessageContaining("goes on there");
    }
}
