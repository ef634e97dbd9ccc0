package dev.flashvsr.deploy.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A step or a transfer that is under way.
 *
 * @param since when it began, by this machine's clock
 * @param expected how long it takes, by earlier runs or estimate
 * @param output the last line that it printed
 * @param nextAttempt set while it waits for its next attempt: when that begins
 */
record RunningStep(
        String id,
        int attempt,
        Instant since,
        Optional<Duration> expected,
        Optional<String> output,
        Optional<ProgressTrack> progress,
        Optional<Instant> nextAttempt) {
    static RunningStep begin(String id, int attempt, Instant since, Optional<Duration> expected) {
        return new RunningStep(id, attempt, since, expected, Optional.empty(), Optional.empty(), Optional.empty());
    }

    RunningStep printed(String line) {
        return new RunningStep(id, attempt, since, expected, Optional.of(line), progress, nextAttempt);
    }

    RunningStep progressed(double fraction, Instant now, String label) {
        ProgressTrack track = progress.map(known -> known.then(fraction, now, label))
                .orElseGet(() -> ProgressTrack.begin(fraction, now, label));
        return new RunningStep(id, attempt, since, expected, output, Optional.of(track), nextAttempt);
    }

    RunningStep waits(Instant until) {
        return new RunningStep(id, attempt, since, expected, output, Optional.empty(), Optional.of(until));
    }
}
