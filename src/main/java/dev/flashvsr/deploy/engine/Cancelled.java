package dev.flashvsr.deploy.engine;

import java.util.List;

/**
 * A run that was told to end.
 *
 * @param steps ids of the steps that were running
 */
public record Cancelled(String run, List<String> steps) {}
