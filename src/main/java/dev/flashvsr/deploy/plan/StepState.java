package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.checkpoint.Attempt;
import dev.flashvsr.deploy.checkpoint.Checkpoint;
import java.util.Optional;

/**
 * What the box knows of one step.
 *
 * @param checkpointText its checkpoint as it came, also where it can't be read
 * @param checkpoint the same, read; empty where there is none that can be read
 * @param lastText the pointer to the latest attempt as it came
 * @param attempt the latest attempt
 */
public record StepState(
        Optional<String> checkpointText,
        Optional<Checkpoint> checkpoint,
        Optional<String> lastText,
        Optional<Attempt> attempt,
        CheckResult check) {
    /** Nothing is known. */
    public static final StepState NONE =
            new StepState(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), CheckResult.NONE);

    /** Whether there is a checkpoint that can't be read. */
    public boolean unreadable() {
        return checkpointText.isPresent() && checkpoint.isEmpty();
    }
}
