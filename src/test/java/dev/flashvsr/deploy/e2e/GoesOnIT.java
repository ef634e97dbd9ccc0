package dev.flashvsr.deploy.e2e;

import static dev.flashvsr.deploy.e2e.SmallBox.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What runs on the box goes on, whoever dies; and whoever comes next picks it up. */
class GoesOnIT {
    @RegisterExtension
    static final SharedSshd SSHD = new SharedSshd();

    @TempDir
    Path directory;

    private SmallBox box;

    @BeforeEach
    void threeSteps() throws IOException {
        box = SSHD.box(directory)
                .playbook(step("one", ""), step("two", "one", "echo two waits; wait_for go"), step("three", "two"));
    }

    @Test
    void theRunGoesOnToItsLastStepWhenTheProgramIsKilled() throws Exception {
        try (RunningProgram up = box.program().start("up", box.target(), "--yes")) {
            box.waitForStart("two");
            up.signal("KILL").end().exits(137);
        }
        box.open("go");
        assertThat(box.waitForEnd()).isEqualTo("ok");
        assertThat(box.ran()).containsExactly("one", "two", "three");
        box.program().run("up", box.target(), "--yes").exits(0).says("Nothing to do: 3 steps as wanted");
    }

    @Test
    void theNextUpAttachesAlsoFromElsewhereAndEachStepRanOnce() throws Exception {
        try (RunningProgram up = box.program().start("up", box.target(), "--yes")) {
            box.waitForStart("two");
            up.signal("KILL").end();
        }
        Program other = box.program().elsewhere(directory.resolve("other home"));
        try (RunningProgram again = other.start("up", box.target(), "--yes")) {
            again.shows("following run").shows("two: already running for").shows("two | two waits");
            box.open("go");
            again.end().exits(0).says("three: done");
        }
        assertThat(box.ran()).containsExactly("one", "two", "three");
        assertThat(box.runs()).hasSize(1);
    }

    @Test
    void theNextUpTakesOverTheStepOfARunnerThatWasKilled() throws Exception {
        box.program().run("up", box.target(), "--yes", "--detach").exits(6).says("attach");
        box.waitForStart("two");
        box.killRunner();
        box.program().run("plan", box.target()).exits(0).says("its runner is gone: it is taken over");
        try (RunningProgram again = box.program().start("up", box.target(), "--yes")) {
            again.shows("two: already running for");
            box.open("go");
            again.end().exits(0);
        }
        assertThat(box.ran()).containsExactly("one", "two", "three");
    }

    @Test
    void anUpThatFollowsSubmitsAgainByItselfWhenTheRunnerWasKilled() throws Exception {
        try (RunningProgram up = box.program().start("up", box.target(), "--yes")) {
            up.shows("two | two waits");
            box.killRunner();
            up.shows("The same plan is submitted again").shows("two: already running for");
            box.open("go");
            up.end().exits(0).says("three: done");
        }
        assertThat(box.ran()).containsExactly("one", "two", "three");
    }

    @Test
    void aForcedStepRunsOnceThoughItsPlanIsSubmittedAgain() throws Exception {
        try (RunningProgram up = box.program().start("up", box.target(), "--yes", "--force", "one")) {
            up.shows("two | two waits");
            box.killRunner();
            up.shows("The same plan is submitted again");
            up.shows("two: already running for");
            box.open("go");
            assertThat(up.end().exits(0).says("three: done").out())
                    .containsPattern("two: already running for [0-9.]+ s");
        }
        assertThat(box.ran()).containsExactly("one", "two", "three");
        box.program().run("up", box.target(), "--yes", "--force", "one").exits(0);
        assertThat(box.ran()).as("agreed to anew").startsWith("one", "two", "three", "one");
    }

    @Test
    void aStepThatForgesTheEndOfItsRunHasFailedAllTheSame() throws Exception {
        box.playbook(SmallBox.step(
                "liar",
                "",
                "for e in \"$root\"/.deploy/runs/2*/events; do echo '1 finished liar attempt=1 seconds=1' >>$e;"
                        + " echo '1 run-ended result=ok' >>$e; done; sleep 1; exit 3"));
        box.program().run("up", box.target(), "--yes").exits(1).says("liar: FAILED");
    }

    @Test
    void anUpThatJoinedARunSubmitsItAgainWhenItsRunnerWasKilled() throws Exception {
        box.program().run("up", box.target(), "--yes", "--detach").exits(6);
        box.waitForStart("two");
        Program other = box.program().elsewhere(directory.resolve("other home"));
        try (RunningProgram joined = other.start("up", box.target(), "--yes")) {
            joined.shows("following run").shows("two: already running for");
            box.killRunner();
            joined.shows("The same plan is submitted again");
            box.open("go");
            joined.end().exits(0).says("three: done");
        }
        assertThat(box.ran()).containsExactly("one", "two", "three");
        assertThat(box.runs()).hasSize(2);
    }

    @Test
    void detachingFromARunThatIsThereAlreadyLeavesItAlone() throws Exception {
        box.program().run("up", box.target(), "--yes", "--detach").exits(6);
        box.waitForStart("two");
        box.program().run("up", box.target(), "--yes", "--detach").exits(6).says("attach");
        box.open("go");
        assertThat(box.waitForEnd()).isEqualTo("ok");
        assertThat(box.runs()).hasSize(1);
    }

    @Test
    void attachNamesTheStepsOfARunOfItsPlanAndClaimsNothingOfTheirChecks() throws Exception {
        box.program().run("up", box.target(), "--yes", "--detach").exits(6);
        box.waitForStart("two");
        try (RunningProgram attach = box.program().start("attach", box.target(), "--json")) {
            attach.shows("step.reattached");
            box.open("go");
            JsonObject plan = attach.end().exits(0).lines().stream()
                    .map(Json::parseObject)
                    .filter(event -> event.string("event").equals("plan.ready"))
                    .findFirst()
                    .orElseThrow();
            assertThat(plan.array("steps").objects())
                    .hasSize(3)
                    .allSatisfy(step -> assertThat(step.string("reason"))
                            .isEqualTo("decided by the run that is followed; its check was not asked"));
        }
    }

    @Test
    void attachClaimsNoPlanOfARunThatHasAnother() throws Exception {
        box.program()
                .run("up", box.target(), "--yes", "--detach", "--only", "one,two")
                .exits(6);
        box.waitForStart("two");
        try (RunningProgram attach = box.program().start("attach", box.target(), "--json")) {
            attach.shows("step.reattached");
            box.open("go");
            assertThat(attach.end().exits(0).out()).doesNotContain("plan.ready");
        }
    }

    @Test
    void aDetachedRunIsDoneAfterAWhile() throws Exception {
        box.open("go");
        box.program()
                .run("up", box.target(), "--yes", "--detach")
                .exits(6)
                .says("the run goes on on the box", "flashvsr-deploy attach " + box.target());
        assertThat(box.waitForEnd()).isEqualTo("ok");
        assertThat(box.ran()).containsExactly("one", "two", "three");
    }

    @Test
    void ctrlCLeavesTheRunAndCancelEndsIt() throws Exception {
        box.playbook(
                step("one", ""),
                step("two", "one", "echo two waits; wait_for go"),
                step("too", "one", "echo too waits; wait_for go"),
                step("three", "two"));
        try (RunningProgram up = box.program().start("up", box.target(), "--yes")) {
            up.shows("two | two waits").shows("too | too waits");
            up.signal("INT")
                    .end()
                    .exits(130)
                    .complains(
                            "The run on the box goes on (running now: too, two)",
                            "attach " + box.target(),
                            "cancel " + box.target())
                    .hasNoTrace();
        }
        assertThat(box.runs().get(0).resolve("end")).doesNotExist();
        box.program().run("status", box.target()).exits(0).says("two");
        try (RunningProgram attach = box.program().start("attach", box.target())) {
            attach.shows("two: already running for");
            box.program().run("cancel", box.target()).exits(0).says("Cancelled the run", "Ended: ", "two", "too");
            attach.end().exits(1).says("cancelled");
        }
        assertThat(box.waitForEnd()).isEqualTo("cancelled");
        box.program().run("cancel", box.target()).exits(0).says("Nothing runs on");
        box.program().run("attach", box.target()).exits(1).complains("Nothing runs on", "status");
    }

    @Test
    void logsReadsAStepsLogAndFollowsItToItsEnd() throws Exception {
        box.program()
                .run("logs", box.target(), "two")
                .exits(1)
                .complains("no log")
                .hasNoTrace();
        box.program().run("up", box.target(), "--yes", "--detach").exits(6);
        box.waitForStart("two");
        assertThat(box.program().run("logs", box.target(), "two").exits(0).lines())
                .containsExactly("two waits");
        try (RunningProgram logs = box.program().start("logs", box.target(), "two", "-f")) {
            logs.shows("two waits");
            box.open("go");
            logs.end().exits(0);
        }
        box.program().run("logs", box.target(), "tow").exits(2).complains("did you mean \"two\"?");
    }

    @Test
    void aHostKeyThatChangesMeanwhileEndsFollowingAndNotTheRun() throws Exception {
        Path known = box.server().directory().resolve("known_hosts");
        try (RunningProgram up = box.program().start("up", box.target(), "--yes")) {
            up.shows("two | two waits");
            Path stranger = directory.resolve("stranger");
            Shell.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", stranger.toString());
            String right = Files.readString(known);
            Files.writeString(
                    known,
                    "[127.0.0.1]:" + box.server().port() + " " + Files.readString(directory.resolve("stranger.pub")));
            try {
                box.server().cutConnections();
                up.end()
                        .exits(3)
                        .complains("The host key of", "has changed", "What runs on the box goes on meanwhile")
                        .hasNoTrace();
            } finally {
                Files.writeString(known, right);
            }
        }
        box.open("go");
        assertThat(box.waitForEnd()).isEqualTo("ok");
    }

    @Test
    void aLostLinkIsNoErrorAndFollowingGoesOnWhereItStopped() throws Exception {
        box.playbook(step("one", "", "echo before; wait_for cut; echo between; wait_for go; echo after"));
        try (RunningProgram up = box.program().start("up", box.target(), "--yes")) {
            up.shows("one | before");
            box.server().cutConnections();
            up.shows("link lost");
            box.open("cut");
            up.shows("link restored").shows("one | between");
            box.open("go");
            ProgramResult end = up.end().exits(0).says("one | after", "one: done");
            assertThat(end.lines().stream().filter(line -> line.contains("one | ")))
                    .as("each line once")
                    .hasSize(3);
        }
        assertThat(box.ran()).containsExactly("one");
    }
}
