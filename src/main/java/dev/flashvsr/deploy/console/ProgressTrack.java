package dev.flashvsr.deploy.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a step's progress went, as far as an honest forecast needs it.
 *
 * @param first the first fraction that was seen; what was done before took time that is not known
 * @param since when
 * @param last the latest fraction
 * @param at when
 * @param inParts whether it went back once: then it counts parts of the step and foretells nothing of the whole
 */
record ProgressTrack(double first, Instant since, double last, Instant at, String label, boolean inParts) {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(5);
    private static final double FAR_ENOUGH = 0.02;

    static ProgressTrack begin(double fraction, Instant now, String label) {
        return new ProgressTrack(fraction, now, fraction, now, label, false);
    }

    ProgressTrack then(double fraction, Instant now, String label) {
        return new ProgressTrack(first, since, fraction, now, label, inParts || fraction < last);
    }

    /** How much longer, at the rate seen; empty while too little was seen. */
    Optional<Duration> left(Instant now) {
        Duration seen = Duration.between(since, at);
        double done = last - first;
        if (inParts || seen.compareTo(LONG_ENOUGH) < 0 || done < FAR_ENOUGH) {
            return Optional.empty();
        }
        Duration whole = Duration.ofMillis((long) (seen.toMillis() * (1 - last) / done));
        Duration left = whole.minus(Duration.between(at, now));
        return Optional.of(left.isNegative() ? Duration.ZERO : left);
    }
}
