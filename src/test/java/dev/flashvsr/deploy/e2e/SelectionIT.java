package dev.flashvsr.deploy.e2e;

import static dev.flashvsr.deploy.e2e.SmallBox.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Some steps only, saved plans, and two users at once. */
class SelectionIT {
    @RegisterExtension
    static final SharedSshd SSHD = new SharedSshd();

    @TempDir
    Path directory;

    private SmallBox box;

    @BeforeEach
    void fourSteps() throws IOException {
        box = SSHD.box(directory)
                .playbook(
                        step("ground", ""),
                        step("walls", "ground", ":", "inputs: [colour]"),
                        step("roof", "walls"),
                        step("garden", "ground"));
    }

    @Test
    void onlyWithAnUnmetNeedNamesIt() throws Exception {
        box.program()
                .run("up", box.target(), "--yes", "--only", "roof")
                .exits(1)
                .complains("not selected and not as wanted: ground, walls", "--only")
                .hasNoTrace();
        assertThat(box.root()).doesNotExist();
    }

    @Test
    void onlyRunsTheNamedStepsAlone() throws Exception {
        box.program()
                .run("up", box.target(), "--yes", "--only", "ground,garden")
                .exits(0);
        assertThat(box.ran()).containsExactly("ground", "garden");
    }

    @Test
    void fromRunsAStepAndAllThatNeedIt() throws Exception {
        box.program().run("up", box.target(), "--yes", "--only", "ground").exits(0);
        box.program().run("up", box.target(), "--yes", "--from", "walls").exits(0);
        assertThat(box.ran()).containsExactly("ground", "walls", "roof");
    }

    @Test
    void anUnknownStepIsWrongUsageAndTheNearestWordIsNamed() throws Exception {
        box.program()
                .run("up", box.target(), "--yes", "--only", "wals")
                .exits(2)
                .complains("\"wals\"", "did you mean \"walls\"?", "ground, walls, roof, garden")
                .hasNoTrace();
        box.program().run("plan", box.target(), "--from", "rof").exits(2).complains("did you mean \"roof\"?");
        assertThat(box.root()).doesNotExist();
    }

    @Test
    void forceRunsAStepThatIsAsWanted() throws Exception {
        box.program().run("up", box.target(), "--yes").exits(0);
        box.program()
                .run("up", box.target(), "--yes", "--force", "garden")
                .exits(0)
                .says("garden: started, forced");
        assertThat(box.ran()).hasSize(5).endsWith("garden");
    }

    @Test
    void aChangedInputRunsItsStepAloneAndIsNamed() throws Exception {
        box.program().run("up", box.target(), "--yes").exits(0);
        box.program()
                .run("plan", box.target(), "--set", "colour=blue", "--detailed-exitcode")
                .exits(10)
                .says("colour", "red", "blue");
        box.program().run("up", box.target(), "--yes", "--set", "colour=blue").exits(0);
        assertThat(box.ran()).hasSize(5).endsWith("walls");
    }

    @Test
    void aCheckpointIsRenewedOnceWhenOnlyTheScriptChanged() throws Exception {
        box.playbook(step("ground", ""));
        box.program().run("up", box.target(), "--yes").exits(0);
        box.playbook(step("ground", "", "echo said otherwise"));
        box.program()
                .run("plan", box.target(), "--detailed-exitcode")
                .exits(0)
                .says("the checkpoint is renewed", "1 as wanted, 1 checkpoint to renew");
        box.program().run("up", box.target(), "--yes").exits(0).says("ground: skipped");
        box.program().run("up", box.target(), "--yes").exits(0).says("Nothing to do: 1 step as wanted");
        assertThat(box.ran()).containsExactly("ground");
    }

    @Test
    void aFailedStepIsShownWithItsLogAndTheNextUpGoesOnThere() throws Exception {
        box.open("roof.broken");
        box.program()
                .run("up", box.target(), "--yes")
                .exits(1)
                .says("roof: FAILED", "| the disk fell off", "exit 3", "logs " + box.target() + " roof", "garden: done")
                .hasNoTrace();
        Files.delete(box.root().resolve("roof.broken"));
        box.program()
                .run("up", box.target(), "--yes")
                .exits(0)
                .says("attempt 1 ended with exit 3", "roof: resumed (attempt 2)");
        assertThat(box.ran()).hasSize(5).endsWith("roof");
    }

    @Test
    void afterAFailureTheSameSelectionIsToBeTypedAgain() throws Exception {
        box.open("garden.broken");
        box.program()
                .run("up", box.target(), "--yes", "--only", "ground,garden", "--force", "ground")
                .exits(1)
                .says("flashvsr-deploy up " + box.target() + " --only ground,garden --force ground --playbook ");
    }

    @Test
    void theCommandsNamedAfterASavedPlanHoldItsValues() throws Exception {
        box.playbook(step("ground", "", "wait_for go", "inputs: [colour]"));
        String plan = directory.resolve("plan.json").toString();
        String other = directory.resolve("other root").toString();
        box.program()
                .run("plan", box.target(), "--set", "colour=blue", "--set", "root=" + other, "--out", plan)
                .exits(0);
        ProgramResult up = box.program()
                .run("up", box.target(), "--yes", "--plan", plan, "--detach")
                .exits(6);
        up.says("attach " + box.target(), "--set 'root=" + other + "'", "--set colour=blue");
        box.program().run("attach", box.target()).exits(1).complains("Nothing runs on", "below " + box.root());
        try (RunningProgram attach =
                box.program().start("attach", box.target(), "--set", "root=" + other, "--set", "colour=blue")) {
            attach.shows("ground: already running for");
            Files.createFile(Path.of(other, "go"));
            attach.end().exits(0);
        }
    }

    @Test
    void aSavedPlanIsRunAsItWasSaved() throws Exception {
        String plan = directory.resolve("plan.json").toString();
        box.program()
                .run("plan", box.target(), "--set", "colour=blue", "--only", "ground,walls", "--out", plan)
                .exits(0)
                .says("Saved as " + plan);
        box.program()
                .run("up", box.target(), "--yes", "--plan", plan, "--set", "colour=green")
                .exits(2)
                .complains("--plan can't be given together with");
        box.program().run("up", box.target(), "--yes", "--plan", plan).exits(0);
        assertThat(box.ran()).containsExactly("ground", "walls");
        assertThat(box.deploy().resolve("checkpoints/walls.json")).content().contains("blue");
    }

    @Test
    void aSavedPlanIsRefusedWhenTheBoxChangedInBetween() throws Exception {
        String plan = directory.resolve("plan.json").toString();
        box.program().run("plan", box.target(), "--out", plan).exits(0);
        box.program().run("up", box.target(), "--yes", "--only", "ground").exits(0);
        box.program()
                .run("up", box.target(), "--yes", "--plan", plan)
                .exits(1)
                .complains("Nothing was changed", "ground: it was to be \"run\" and is \"skip\" now")
                .hasNoTrace();
        assertThat(box.ran()).containsExactly("ground");
    }

    @Test
    void aSavedPlanThatRunsAlreadyIsFollowed() throws Exception {
        box.playbook(
                step("ground", ""), step("walls", "ground", "wait_for go", "inputs: [colour]"), step("roof", "walls"));
        String plan = directory.resolve("plan.json").toString();
        box.program()
                .run("plan", box.target(), "--set", "colour=blue", "--out", plan)
                .exits(0);
        box.program()
                .run("up", box.target(), "--yes", "--plan", plan, "--detach")
                .exits(6);
        box.waitForStart("walls");
        try (RunningProgram again = box.program().start("up", box.target(), "--yes", "--plan", plan)) {
            again.shows("following run").shows("walls: already running for");
            box.open("go");
            again.end().exits(0).says("roof: done");
        }
        assertThat(box.ran()).containsExactly("ground", "walls", "roof");
        box.program()
                .run("up", box.target(), "--yes", "--plan", plan)
                .exits(1)
                .complains("the box is not as the plan " + plan + " saw it");
    }

    @Test
    void aSavedPlanIsToldWhoHoldsTheBoxWhenAnotherRuns() throws Exception {
        box.playbook(step("ground", "", "wait_for go"), step("roof", "ground"));
        String plan = directory.resolve("plan.json").toString();
        box.program()
                .run("plan", box.target(), "--only", "ground", "--out", plan)
                .exits(0);
        try (RunningProgram first = box.program().start("up", box.target(), "--yes")) {
            box.waitForStart("ground");
            box.program()
                    .run("up", box.target(), "--yes", "--plan", plan)
                    .exits(5)
                    .complains("held by a run with another plan");
            box.open("go");
            first.end().exits(0);
        }
    }

    @Test
    void aSecondUpWithTheSamePlanAttachesAndWithAnotherIsToldWhoHoldsTheBox() throws Exception {
        box.playbook(step("ground", "", "wait_for go"), step("roof", "ground"));
        try (RunningProgram first = box.program().start("up", box.target(), "--yes")) {
            box.waitForStart("ground");
            Program somebody = box.program().elsewhere(directory.resolve("other"));
            somebody.run("up", box.target(), "--yes", "--force", "roof")
                    .exits(5)
                    .complains(
                            "held by a run with another plan: "
                                    + box.runs().get(0).getFileName(),
                            "started by " + System.getProperty("user.name"),
                            "flashvsr-deploy attach " + box.target(),
                            "flashvsr-deploy cancel " + box.target())
                    .hasNoTrace();
            somebody.run("up", box.target(), "--yes", "--only", "roof")
                    .exits(5)
                    .complains("held by a run with another plan");
            try (RunningProgram second = somebody.start("up", box.target(), "--yes")) {
                second.shows("following run").shows("ground: already running for");
                box.open("go");
                second.end().exits(0).says("roof: done");
            }
            first.end().exits(0);
        }
        assertThat(box.ran()).containsExactly("ground", "roof");
        assertThat(box.runs()).hasSize(1);
    }

    @Test
    void verifyRunsTheMarkedStepAnewAndWithoutOneIsWrongUsage() throws Exception {
        box.program()
                .run("verify", box.target())
                .exits(2)
                .complains("verify: true")
                .hasNoTrace();
        box.playbook(step("ground", ""), step("proof", "ground", "echo it holds", "verify: true"));
        box.program()
                .run("verify", box.target())
                .exits(1)
                .complains("nothing to verify yet", "ground", "flashvsr-deploy up " + box.target());
        box.program().run("up", box.target(), "--yes").exits(0);
        box.program().run("verify", box.target()).exits(0).says("proof | it holds");
        assertThat(box.ran()).containsExactly("ground", "proof", "proof");
    }

    @Test
    void thisMachineIsABoxToo() throws Exception {
        box.program().run("up", "local", "--yes").exits(0).says("roof: done");
        box.program().run("status", "local").exits(0).says("roof");
        box.program().run("up", "local", "--yes").exits(0).says("Nothing to do: 4 steps as wanted");
        assertThat(box.ran()).hasSize(4);
    }
}
