package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The card while this box leaves it alone, from the probe {@code gpu.load}: the worst of all cards.
 *
 * @param samples how many were taken
 * @param busy how many of them showed more than 5 % of load
 * @param usedMib the most memory in use, in MiB; empty where it is not shown
 * @param watt the most power drawn, in W
 */
public record GpuLoad(int samples, int busy, OptionalDouble usedMib, OptionalDouble watt) {
    private static final double BUSY_PERCENT = 5;

    /** Empty where no sample was read. */
    public static Optional<GpuLoad> of(Evidence evidence) {
        // Every sample is a table of its own, so the merging reader would keep the first alone.
        return evidence.text("gpu.load").flatMap(text -> {
            int samples = 0;
            int busy = 0;
            OptionalDouble used = OptionalDouble.empty();
            OptionalDouble watt = OptionalDouble.empty();
            for (String sample : text.split("(?m)^(?=index,)", 100)) {
                for (Map<String, String> row :
                        SmiCsv.of(sample).map(SmiCsv::rows).orElse(List.of())) {
                    OptionalDouble load = number(row, "utilization.gpu");
                    samples += load.isPresent() ? 1 : 0;
                    busy += load.orElse(0) > BUSY_PERCENT ? 1 : 0;
                    used = most(used, number(row, "memory.used"));
                    watt = most(watt, number(row, "power.draw"));
                }
            }
            return samples == 0 && used.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new GpuLoad(samples, busy, used, watt));
        });
    }

    /** Whether at least half of the samples were busy: a single one may be the card waking up. */
    public boolean isBusy() {
        return busy > 0 && busy * 2 >= samples;
    }

    private static OptionalDouble number(Map<String, String> row, String field) {
        return SmiValue.number(row.getOrDefault(field, ""));
    }

    private static OptionalDouble most(OptionalDouble one, OptionalDouble other) {
        return one.isEmpty() || other.isPresent() && other.getAsDouble() > one.getAsDouble() ? other : one;
    }
}
