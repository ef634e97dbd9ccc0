package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.plan.BoxState;
import java.time.Duration;
import java.util.Map;

/**
 * What the box said when it was asked.
 *
 * @param boxAhead how far its clock is ahead of ours
 * @param probes what the probes answered: of each its id, and {@code ID/exit}
 */
public record Survey(BoxState state, Duration boxAhead, Map<String, byte[]> probes) {
    /** Keeps a copy. */
    public Survey {
        probes = Map.copyOf(probes);
    }
}
