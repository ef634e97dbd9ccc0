package dev.flashvsr.deploy.plan;

import java.time.Instant;
import java.util.Optional;

/**
 * Who holds the box, or held it last. Safe to show; empty words where the box does not say.
 *
 * @param run name of its run
 * @param plan identity of its plan, SHA-256 hex
 * @param who user of the orchestrator
 * @param from host of the orchestrator
 * @param since when it got the lock
 * @param agreement names the agreement to its plan, which holds for all submissions of it
 * @param alive whether it holds it now
 */
public record Holder(
        String run, String plan, String who, String from, Optional<Instant> since, String agreement, boolean alive) {}
