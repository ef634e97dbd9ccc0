package dev.flashvsr.deploy.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.ProblemsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PlaybookLoaderTest {
    private static final Path FULL = Path.of("src/test/resources/dev/flashvsr/deploy/playbook/valid/full");

    private final Playbook playbook = PlaybookLoader.load(FULL);

    @TempDir
    Path scratch;

    @Test
    void readsWhatStandsAtTheTop() {
        assertThat(playbook.name()).isEqualTo("full");
        assertThat(playbook.source()).isEqualTo(FULL.resolve("playbook.yaml"));
        assertThat(playbook.library())
                .startsWith("# shared\nsay() { ")
                .endsWith(
                        " \"$*\"; }\n# shellcheck shell=bash\nfail() { say \"$1\"; exit 1; } # the last line has no end\n");
        assertThat(playbook.requires()).containsExactly("gpu-ampere", "disk-space");
        assertThat(playbook.secrets()).containsExactly("HF_TOKEN");
    }

    @Test
    void valuesStayTheTextThatWasWritten() {
        assertThat(playbook.variables())
                .containsEntry("root", "~/flashvsr")
                .containsEntry("python_version", "3.10")
                .containsEntry("country", "no")
                .containsEntry("manifest", "one\ntwo\n")
                .containsEntry("empty", "");
        assertThat(playbook.variables().keySet())
                .containsExactly("root", "python_version", "country", "manifest", "empty");
    }

    @Test
    void stepsComeInTheOrderOfTheFileButAfterWhatTheyNeed() {
        assertThat(playbook.steps()).extracting(Step::id).containsExactly("first", "second", "last");
    }

    @Test
    void readsEveryKeyOfAStep() {
        Step step = playbook.step("first").orElseThrow();

        assertThat(step.title()).isEqualTo("Everything that a step can say");
        assertThat(step.script()).startsWith("check() {");
        assertThat(step.needs()).isEmpty();
        assertThat(step.inputs()).containsExactly("python_version", "country");
        assertThat(step.secrets()).containsExactly("HF_TOKEN");
        assertThat(step.files())
                .containsOnlyKeys("files/x.py")
                .containsEntry(
                        "files/x.py",
                        new StepFile(
                                FULL.resolve("files/x.py"),
                                "3ea9650e46227359de69ff326ae334336c559061ed6eca0807da33e156ea37f4",
                                11));
        assertThat(step.revision()).isEqualTo(3);
        assertThat(step.locks()).containsExactly("apt", "net");
        assertThat(step.timeout()).contains(Duration.ofMinutes(45));
        assertThat(step.checkTimeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(step.logLimit()).isEqualTo(64L << 20);
        assertThat(step.retries()).isEqualTo(new Retries(3, Duration.ofSeconds(20)));
        assertThat(step.progress()).contains(ProgressFormat.GIT_LFS);
        assertThat(step.estimate())
                .isEqualTo(new Estimate(
                        Optional.of(Duration.ofMinutes(5)),
                        OptionalLong.of(400_000_000),
                        OptionalLong.of(1_000_000_000)));
        assertThat(step.verify()).isFalse();
        assertThat(step.products())
                .isEqualTo(new Products(
                        List.of("first", "downloads/first"), List.of("first/picture.png"), Optional.of("wheels")));
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        Step step = playbook.step("second").orElseThrow();

        assertThat(step.title()).isEqualTo("second");
        assertThat(step.needs()).containsExactly("first");
        assertThat(step.script())
                .isEqualTo("check() {\ntest -e \"$root/second\"\n}\napply() {\ntouch \"$root/second\"\n}\n");
        assertThat(step.revision()).isEqualTo(1);
        assertThat(step.timeout()).isEmpty();
        assertThat(step.checkTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(step.logLimit()).isEqualTo(256L << 20);
        assertThat(step.retries().max()).isZero();
        assertThat(step.progress()).isEmpty();
        assertThat(step.estimate()).isEqualTo(Estimate.UNKNOWN);
        assertThat(step.products()).isEqualTo(Products.NONE);
        assertThat(playbook.step("last").orElseThrow().verify()).isTrue();
    }

    @Test
    void aYamlFileCanBeNamedInsteadOfItsDirectory() {
        assertThat(PlaybookLoader.load(FULL.resolve("playbook.yaml"))).isEqualTo(playbook);
    }

    @Test
    void aMissingPlaybookIsWrongUsageAndNamesThePath() {
        Path missing = scratch.resolve("nowhere");

        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> PlaybookLoader.load(missing))
                .withMessage("There is no playbook " + missing + ".")
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    }

    @Test
    void aLongPlainListIsAPlainSequence() throws Exception {
        StringBuilder text = new StringBuilder("version: 1\nname: long\nsteps:\n");
        for (int i = 0; i < 500; i++) {
            text.append("  - {id: s").append(i).append(", check: 'true', run: 'true'}\n");
        }
        Path file = Files.writeString(scratch.resolve("long.yaml"), text);

        List<Step> steps = PlaybookLoader.load(file).steps();

        assertThat(steps).hasSize(500);
        assertThat(steps.get(499).needs()).containsExactly("s498");
    }

    @Tag("slow")
    @Test
    void ofHalfAMillionProblemsAThousandAreKept() throws Exception {
        String start = "version: 1\nname: x\nrequires: [";
        Path file = Files.writeString(scratch.resolve("many.yaml"), start + "A,".repeat(500_000) + "]\n");

        assertThatExceptionOfType(ProblemsException.class)
                .isThrownBy(() -> PlaybookLoader.load(file))
                .withMessageEndingWith(" more")
                .satisfies(e -> assertThat(e.problems()).hasSize(1000));
    }

    @Tag("slow")
    @Test
    @Timeout(20)
    void veryManyProblemsInOneLineAreSaidSoon() throws Exception {
        StringBuilder text = new StringBuilder("{version: 1, name: x");
        for (int i = 0; i < 70_000; i++) {
            text.append(", nmae").append(i).append(": ");
        }
        Path file = Files.writeString(scratch.resolve("wide.yaml"), text.append("}\n"));

        assertThatExceptionOfType(ProblemsException.class)
                .isThrownBy(() -> PlaybookLoader.load(file))
                .withMessageEndingWith("\n… and 69951 more");
    }
}
