package dev.flashvsr.deploy.inspect.facts;

import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * A whole card of a model, from {@code cards.yaml}.
 *
 * @param name what people call it
 * @param names whole names that nvidia-smi prints for it, for tables that cut them short
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
        List<String> names,
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
        int powerWatt) {
    private static final String CUT = "...";

    /** Keeps a copy. */
    public KnownCard {
        names = List.copyOf(names);
    }

    /** Whether nvidia-smi calls it so; a name that a table cut short ends in three dots. */
    boolean isCalled(String printed) {
        if (!printed.endsWith(CUT)) {
            return pattern.matcher(printed).find();
        }
        String begun = withoutMaker(
                printed.substring(0, printed.length() - CUT.length()).strip());
        return begun.length() > 1
                && names.stream().anyMatch(whole -> withoutMaker(whole).startsWith(begun));
    }

    private static String withoutMaker(String called) {
        return called.replaceFirst("^(?:NVIDIA |Tesla |GRID |Quadro )+", "");
    }
}
