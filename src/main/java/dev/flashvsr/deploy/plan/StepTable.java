package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.checkpoint.Attempt;
import dev.flashvsr.deploy.checkpoint.Checkpoint;
import dev.flashvsr.deploy.playbook.Step;
import java.util.Map;
import java.util.Optional;

/**
 * The table of step semantics, "the first that fits". The runner on the box decides by the same table; what is decided
 * here is the forecast.
 *
 * @param values every variable
 * @param force as if its check said no
 * @param busy a runner works on the box now
 * @param after the first step that it needs and that will run or is unknown
 */
record StepTable(
        Step step,
        Map<String, String> values,
        String fingerprint,
        String scriptHash,
        boolean force,
        StepState state,
        boolean busy,
        Optional<String> after) {

    Decision decide() {
        Reasons reasons = new Reasons(this);
        if (running()) {
            // A living runner owns its steps: this one is as it will be when that run is over.
            return busy
                    ? new Decision(Action.UNKNOWN, reasons.runningNow())
                    : new Decision(Action.REATTACH, reasons.reattach());
        }
        Answer answer = force ? Answer.NO : state.check().answer();
        if (answer == Answer.NO) {
            return endedBadly()
                    ? new Decision(Action.RESUME, reasons.resume())
                    : new Decision(Action.RUN, reasons.run());
        }
        if (answer == Answer.YES && endedBadly() && (attemptWasForOther() || attemptProvesNothing())) {
            return new Decision(Action.RERUN, reasons.rerunAfterBadEnd());
        }
        if (answer == Answer.YES && madeForOther()) {
            return new Decision(Action.RERUN, reasons.rerunForChanges());
        }
        if (answer == Answer.UNKNOWN || after.isPresent()) {
            return new Decision(Action.UNKNOWN, reasons.unknown());
        }
        return hasCheckpoint() && !waitsToBeRecorded()
                ? new Decision(Action.SKIP, reasons.skip())
                : new Decision(Action.ADOPT, reasons.adopt());
    }

    boolean running() {
        return state.attempt().filter(Attempt::running).isPresent();
    }

    boolean endedBadly() {
        return state.attempt().filter(Attempt::endedBadly).isPresent();
    }

    boolean waitsToBeRecorded() {
        return state.attempt().filter(Attempt::waitsToBeRecorded).isPresent();
    }

    boolean hasCheckpoint() {
        return state.checkpoint().isPresent();
    }

    boolean hasMatchingCheckpoint() {
        return state.checkpoint()
                .map(Checkpoint::fingerprint)
                .filter(fingerprint::equals)
                .isPresent();
    }

    boolean attemptWasForOther() {
        return state.attempt()
                .flatMap(Attempt::fingerprint)
                .filter(fingerprint::equals)
                .isEmpty();
    }

    /** It began when the check said yes, or was not asked: that the check says yes now is none of its doing. */
    private boolean attemptProvesNothing() {
        return attemptWasForced() || state.attempt().flatMap(Attempt::before).equals(Optional.of("yes"));
    }

    boolean attemptWasForced() {
        return state.attempt().flatMap(Attempt::before).equals(Optional.of("forced"));
    }

    /** An attempt that waits to be recorded counts as the checkpoint that it will become. */
    private boolean madeForOther() {
        return waitsToBeRecorded() ? attemptWasForOther() : hasCheckpoint() && !hasMatchingCheckpoint();
    }
}
