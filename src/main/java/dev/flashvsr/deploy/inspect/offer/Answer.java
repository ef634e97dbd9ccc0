package dev.flashvsr.deploy.inspect.offer;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What a provider answered about one requirement.
 *
 * @param verdict whether the requirement is met by that: not the provider's own yes or no
 * @param said the provider's words
 * @param on when
 */
public record Answer(Verdict verdict, Optional<String> said, Optional<LocalDate> on) {
    /** Whether the requirement is met. */
    public enum Verdict {
        /** As it is needed. */
        YES,
        /** Not as it is needed. */
        NO,
        /** With a reservation. */
        PARTLY,
        /** Asked, and not answered. */
        UNKNOWN
    }

    /** Whether the question need not be asked again. */
    public boolean isAnswer() {
        return verdict != Verdict.UNKNOWN;
    }
}
