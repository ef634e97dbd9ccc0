package dev.flashvsr.deploy.playbook;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a step is expected to take; empty where the playbook does not say.
 *
 * @param download in bytes
 * @param disk in bytes
 */
public record Estimate(Optional<Duration> time, OptionalLong download, OptionalLong disk) {
    /** Nothing is known. */
    public static final Estimate UNKNOWN = new Estimate(Optional.empty(), OptionalLong.empty(), OptionalLong.empty());

    /** The same, where {@code bytes} of what it takes of the disk are taken already. */
    public Estimate afterTaking(long bytes) {
        return disk.isEmpty()
                ? this
                : new Estimate(time, download, OptionalLong.of(Math.max(0, disk.getAsLong() - bytes)));
    }
}
