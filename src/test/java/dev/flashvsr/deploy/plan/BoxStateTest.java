package dev.flashvsr.deploy.plan;

import static dev.flashvsr.deploy.plan.Fixtures.BOX_ID;
import static dev.flashvsr.deploy.plan.Fixtures.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flashvsr.deploy.checkpoint.Likeness;
import dev.flashvsr.deploy.plan.Fixtures.Box;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoxStateTest {
    @Test
    void readsAWholeAnswer() {
        BoxState box = new Box()
                .put("fact/user", "root")
                .put("fact/gpu", "GPU 0: NVIDIA A100 (UUID: GPU-1)")
                .put("fact/cpus", "16")
                .holder(true)
                .put("run/last", RUN)
                .put("run/last/end", "failed\n")
                .put("run/last/plan", "f".repeat(64) + "\n")
                .put("run/last/secrets", "HF_TOKEN 37 aabb ccdd\nOTHER 3 aabb ccdd\n")
                .put("last/a", RUN + " 2\n")
                .put("attempt/a/running", "yes")
                .put("attempt/a/tail", "the end")
                .put("check/a", "no")
                .put("check/a/said", "first\nlast\n")
                .state();

        assertThat(box.root()).isEqualTo("/workspace");
        assertThat(box.rootWhy()).isEqualTo("found");
        assertThat(box.rootMissing()).isFalse();
        assertThat(box.boxId()).contains(BOX_ID);
        assertThat(box.facts()).containsEntry("user", "root");
        assertThat(box.likeness()).isEqualTo(new Likeness("NVIDIA A100", 16));
        assertThat(box.holder())
                .contains(new Holder(
                        RUN,
                        "f".repeat(64),
                        "ann",
                        "laptop",
                        Optional.of(Instant.ofEpochSecond(1_793_527_200)),
                        "",
                        true));
        assertThat(box.busy()).isTrue();
        assertThat(box.lastRun()).get().satisfies(last -> {
            assertThat(last.end()).contains("failed");
            assertThat(last.secretNames()).containsExactly("HF_TOKEN", "OTHER");
            assertThat(last.secrets()).contains("HF_TOKEN 37 aabb ccdd");
        });
        assertThat(box.step("a").check()).isEqualTo(new CheckResult(Answer.NO, "last"));
        assertThat(box.step("a").attempt()).get().satisfies(attempt -> {
            assertThat(attempt.number()).isEqualTo(2);
            assertThat(attempt.running()).isTrue();
            assertThat(attempt.tail()).isEqualTo("the end");
        });
        assertThat(box.notes()).isEmpty();
    }

    @Test
    void aFreshBoxHasNoneOfIt() {
        BoxState box = BoxStates.of(Map.of("root", "/root\n".getBytes(), "root.missing", new byte[0]));

        assertThat(box.root()).isEqualTo("/root");
        assertThat(box.rootMissing()).isTrue();
        assertThat(box.boxId()).isEmpty();
        assertThat(box.holder()).isEmpty();
        assertThat(box.lastRun()).isEmpty();
        assertThat(box.busy()).isFalse();
        assertThat(box.step("a")).isEqualTo(StepState.NONE);
        assertThat(box.likeness()).isEqualTo(Likeness.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "relative", "/a\u001b[2Jb", "/a\nb", "~"})
    void withoutARootNothingCanBePlanned(String root) {
        Map<String, byte[]> entries = Map.of("root", root.getBytes());

        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> BoxStates.of(entries))
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNFIT))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\u001b"));
    }

    @Test
    void aRootThatIsNotUtf8IsNotTakenForAnother() {
        Map<String, byte[]> entries = Map.of("root", new byte[] {'/', 'a', (byte) 0xe4});

        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> BoxStates.of(entries))
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNFIT))
                .withMessageContaining("not valid UTF-8");
    }

    @Test
    void whatOthersCouldHavePlantedAndWhatIsClosedToThemIsSaid() {
        BoxState box = new Box()
                .put("root.skipped", "/mnt/s/flashvsr: /mnt/s/flashvsr belongs to eve\n")
                .put("root.loose", "/workspace")
                .put("root.open", "/workspace/r")
                .state();

        assertThat(box.notes())
                .containsExactly(
                        "An installation was found and not used: /mnt/s/flashvsr: /mnt/s/flashvsr belongs to eve.",
                        "Other users of the box may rename what is in /workspace: up sets its sticky bit (chmod +t).",
                        "Other users of the box may write in /workspace/r: up takes that from them (chmod go-w).");
    }

    @Test
    void aLongRootIsNoProblem() {
        String root = "/long".repeat(100);

        assertThat(BoxStates.of(Map.of("root", root.getBytes())).root()).isEqualTo(root);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "one", "../../x 1", RUN + " 0", RUN + " x", RUN + " 1 2", RUN + " 99999999999"})
    void aPointerThatPointsNowhereCountsAsNoneAndIsNoted(String last) {
        BoxState box =
                new Box().put("last/a", last).put("attempt/a/before", "no").state();

        assertThat(box.step("a").attempt()).isEmpty();
        assertThat(box.step("a").lastText()).contains(last);
        assertThat(box.notes()).hasSize(1);
    }

    @Test
    void anAttemptWhoseRunWasRemovedCountsAsNone() {
        assertThat(new Box().put("last/a", RUN + " 1\n").state().step("a").attempt())
                .isEmpty();
    }

    @Test
    void anUnreadableIdentityIsNoted() {
        BoxState box = new Box().put("box.json", "{\"id\": \"../../etc\"}").state();

        assertThat(box.boxId()).isEmpty();
        assertThat(box.notes()).containsExactly("The box's identity, box.json, can't be read.");
    }

    @Test
    void wordsForPeopleCanDoNothingToATerminal() {
        BoxState box = new Box()
                .put("fact/gpu", "\u001b]0;title\u0007GPU\r\nsecond")
                .put("holder", "who=\u001b[31mann\u202e\nsince=never\n")
                .put("check/a", "no\u001b")
                .put("check/a/said", "x\u001b[2Jy\u0000")
                .state();

        assertThat(box.facts().get("gpu")).isEqualTo("GPUsecond");
        assertThat(box.holder()).get().extracting(Holder::who, Holder::since).containsExactly("ann", Optional.empty());
        assertThat(box.step("a").check()).isEqualTo(new CheckResult(Answer.NO, "xy"));
    }

    @Test
    void noBytesWhateverMakeItFail() {
        Random random = new Random(7);
        List<String> names = List.of(
                "box.json",
                "holder",
                "holder.alive",
                "run/last",
                "run/last/end",
                "run/last/secrets",
                "checkpoint/a",
                "last/a",
                "attempt/a/exit",
                "attempt/a/running",
                "check/a",
                "check/a/said",
                "fact/x",
                "check/",
                "check",
                "checkpoint//",
                "last/../x",
                "unheard/of");
        for (int i = 0; i < 2_000; i++) {
            Map<String, byte[]> entries = new HashMap<>();
            entries.put("root", "/w".getBytes());
            for (String name : names) {
                byte[] bytes = new byte[random.nextInt(40)];
                random.nextBytes(bytes);
                entries.put(name, bytes);
            }

            assertThatCode(() -> BoxStates.of(entries)).doesNotThrowAnyException();
        }
    }
}
