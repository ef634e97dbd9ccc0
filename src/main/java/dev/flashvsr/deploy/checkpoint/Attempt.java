package dev.flashvsr.deploy.checkpoint;

import java.util.Optional;

/**
 * The latest attempt at a step, as it lies on the box: untrusted words, each empty where its file is missing.
 *
 * @param run the run that made it
 * @param number counted over runs until the step succeeds, from 1
 * @param fingerprint SHA-256 hex that it was made for
 * @param before what the check said when it began: {@code yes}, {@code no}, {@code unknown} or {@code forced} (not asked)
 * @param exit status of apply: a number, or {@code timeout}, {@code log-limit}, {@code cancelled}
 * @param after what the check said when apply had ended: {@code yes}, {@code no}, {@code unknown}
 * @param result {@code ok}, {@code failed}, {@code cut-off} or {@code cancelled}
 * @param running its leader lives
 * @param tail the end of its log when it did not end well, at most 2 KiB
 */
public record Attempt(
        String run,
        int number,
        Optional<String> fingerprint,
        Optional<String> before,
        Optional<String> exit,
        Optional<String> after,
        Optional<String> result,
        boolean running,
        String tail) {
    /** Whether the step was done and recorded by it. */
    public boolean endedWell() {
        return result.equals(Optional.of("ok"));
    }

    /**
     * Whether it did all its work, and only its runner died before that was recorded: the next runner writes the
     * checkpoint.
     */
    public boolean waitsToBeRecorded() {
        return !running && result.isEmpty() && exit.equals(Optional.of("0")) && after.equals(Optional.of("yes"));
    }

    /** Whether it ended, and not well: failed, cancelled or cut off. */
    public boolean endedBadly() {
        return !running && !endedWell() && !waitsToBeRecorded();
    }
}
