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
}
