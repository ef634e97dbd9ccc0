package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.plan.BoxState;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What the box said when it was asked.
 *
 * @param boxAhead how far its clock is ahead of ours
 * @param probes what the probes answered: of each its id, and {@code ID/exit}
 * @param caches the entries of each cache of the playbook that are there; untrusted text
 */
public record Survey(BoxState state, Duration boxAhead, Map<String, byte[]> probes, Map<String, Set<String>> caches) {
    /** Keeps a copy. */
    public Survey {
        probes = Map.copyOf(probes);
        caches = Map.copyOf(caches);
    }
}
