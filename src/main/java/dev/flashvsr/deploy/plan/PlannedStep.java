package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.checkpoint.Checkpoint;
import dev.flashvsr.deploy.playbook.Step;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A step with what is to happen and why.
 *
 * @param reason one line for a person, such as {@code python_version changed from "3.11.9" to "3.11.13"}
 * @param fingerprint SHA-256 hex over revision, inputs and files
 * @param scriptHash SHA-256 hex over library and script
 * @param values the variables that reach the script, {@code root} among them when it is known
 * @param force as if its check said no
 * @param expected time from earlier runs, else the playbook's estimate
 * @param seen what the box knew of it when the plan was made
 */
public record PlannedStep(
        Step step,
        Action action,
        String reason,
        String fingerprint,
        String scriptHash,
        Map<String, String> values,
        boolean force,
        Optional<Duration> expected,
        StepState seen) {
    /** The step's id. */
    public String id() {
        return step.id();
    }

    /** The same for another reason, and with another expected time. */
    public PlannedStep because(String why, Optional<Duration> time) {
        return new PlannedStep(step, action, why, fingerprint, scriptHash, values, force, time, seen);
    }

    /** The same, where {@code bytes} of what it takes of the disk are taken already. */
    PlannedStep afterTaking(long bytes) {
        return new PlannedStep(
                step.taking(step.estimate().afterTaking(bytes)),
                action,
                reason,
                fingerprint,
                scriptHash,
                values,
                force,
                expected,
                seen);
    }

    /** The step's title. */
    public String title() {
        return step.title();
    }

    /** Whether it was done as it is wanted now, and yet its check says no. */
    public boolean drifted() {
        return action == Action.RUN
                && !force
                && seen.checkpoint()
                        .filter(done -> done.fingerprint().equals(fingerprint))
                        .isPresent();
    }

    /** Whether it was done, but otherwise than it is wanted now: what it made then is no part of what is to come. */
    public boolean wasDoneOtherwise() {
        return seen.checkpoint()
                .filter(done -> !done.fingerprint().equals(fingerprint))
                .isPresent();
    }

    /** Whether it is left as it is, but for its checkpoint: that was written for another script, and is renewed. */
    public boolean renews() {
        return action == Action.SKIP
                && seen.checkpoint()
                        .filter(done -> !done.scriptHash().equals(scriptHash))
                        .isPresent();
    }

    /**
     * What the box will write as the step's checkpoint, but for what only the run knows (section 5 of
     * docs/box-protocol.md).
     *
     * @param root absolute path on the box
     */
    public String checkpointHead(String root) {
        return Checkpoint.head(
                step.id(),
                fingerprint,
                scriptHash,
                step.revision(),
                Fingerprint.inputs(step, values),
                Changes.hashes(step),
                root);
    }
}
