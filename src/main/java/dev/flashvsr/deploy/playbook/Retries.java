package dev.flashvsr.deploy.playbook;

import java.time.Duration;

/**
 * How often a step is tried again when its failure may pass.
 *
 * @param max attempts after the first one
 * @param backoff pause before the second attempt, doubled before each further one
 */
public record Retries(int max, Duration backoff) {}
