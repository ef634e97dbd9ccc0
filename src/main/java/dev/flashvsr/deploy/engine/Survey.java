package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.plan.BoxState;
import java.time.Duration;

/**
 * What the box said when it was asked.
 *
 * @param boxAhead how far its clock is ahead of ours
 */
public record Survey(BoxState state, Duration boxAhead) {}
