package dev.flashvsr.deploy.engine;

import java.time.Duration;
import java.util.Map;

/**
 * Probes that the survey runs beside the checks, in the same round trip.
 *
 * @param entries as section 7 of docs/box-protocol.md has them: {@code probes} and what is below it
 * @param limit within which the last of them has ended
 */
public record ProbeRequest(Map<String, byte[]> entries, Duration limit) {
    /** None. */
    public static final ProbeRequest NONE = new ProbeRequest(Map.of(), Duration.ZERO);

    /** Keeps a copy. */
    public ProbeRequest {
        entries = Map.copyOf(entries);
    }
}
