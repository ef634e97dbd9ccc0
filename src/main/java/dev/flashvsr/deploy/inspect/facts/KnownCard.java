package dev.flashvsr.deploy.inspect.facts;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * A whole card of a model, from {@code cards.yaml}.
 *
 * @param name what people call it
 * @param pattern of names that nvidia-smi prints for it
 * @param capability ten times the compute capability: 80 for 8.0
 * @param sms streaming multiprocessors that are switched on
 * @param leastMib least memory in MiB that the driver shows of a whole one
 * @param mostMib most
 * @param busBits width of the memory's bus; 0 where it is not known
 * @param peakTflops bf16 with dense matrices, in TFLOP/s, by its data sheet
 * @param bestTflops the best that a matrix product reached in public measurements
 * @param memoryGbs its memory's bandwidth by its data sheet, in GB/s
 * @param pcieGen generation of its PCIe
 * @param powerWatt its power limit as it is made
 */
public record KnownCard(
        String name,
        Pattern pattern,
        int capability,
        int sms,
        int leastMib,
        int mostMib,
        int busBits,
        OptionalDouble peakTflops,
        OptionalDouble bestTflops,
        OptionalDouble memoryGbs,
        int pcieGen,
        int powerWatt) {}
