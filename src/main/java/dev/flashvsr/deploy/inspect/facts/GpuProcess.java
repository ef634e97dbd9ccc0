package dev.flashvsr.deploy.inspect.facts;

import java.util.OptionalDouble;

/**
 * A program that has a card open, as nvidia-smi names it.
 *
 * @param card the card's index, or its UUID where that is what was printed
 * @param mib memory of the card that it holds; empty where that is not shown
 */
public record GpuProcess(String card, String pid, String name, OptionalDouble mib) {}
