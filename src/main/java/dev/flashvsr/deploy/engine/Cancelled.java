package dev.flashvsr.deploy.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run that was told to end.
 *
 * @param steps ids of the steps that were running
 * @param living what could not be ended: the pids of each step
 * @param runner the pid of the runner, where that could not be ended
 */
public record Cancelled(String run, List<String> steps, Map<String, String> living, Optional<String> runner) {
    /** Whether nothing of it lives any more. */
    public boolean isOver() {
        return living.isEmpty() && runner.isEmpty();
    }
}
