package dev.flashvsr.deploy.inspect.facts;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Why a card was slower than it should be, or not steady. Heat and power lower the clock, and the driver says so; a
 * neighbour leaves the clock where it is and takes time. The bits are those of NVML's reasons for clocks.
 */
public enum BenchCause {
    /** The card, or its memory, was too hot. */
    HEAT,
    /** Its power is limited: by a lowered limit, the power supply, or as usual for its kind. */
    POWER,
    /** Somebody else works on it. */
    NEIGHBOUR,
    /** Nothing that was seen tells. */
    UNCLEAR;

    private static final long HARDWARE = 0x8;
    private static final long THERMAL = 0x20 | 0x40;
    private static final long BRAKE = 0x80;
    private static final long POWER_CAP = 0x4;
    private static final double HOT_CELSIUS = 83;
    private static final double RISE_CELSIUS = 5;
    private static final double BUSY_PERCENT = 5;
    private static final double SAME_CLOCK = 0.97;
    private static final double FULL_CLOCK = 0.9;
    private static final double LOWERED = 0.95;
    private static final double UNEVEN = 0.03;
    private static final double UNEVEN_SHORT = 0.15;

    /** The likeliest, where something is wrong; {@code fraction} is what was reached of what its clock allows. */
    public static BenchCause of(BenchGpu bench, Optional<KnownCard> card, OptionalDouble fraction) {
        long mask = (long) bench.throttle().orElse(0);
        boolean hot = bench.figure("temperature_end").orElse(0) >= HOT_CELSIUS;
        if ((mask & THERMAL) != 0 || (mask & HARDWARE) != 0 && hot) {
            return HEAT;
        }
        if (busyAtRest(bench)) {
            return NEIGHBOUR;
        }
        if ((mask & (BRAKE | HARDWARE)) != 0 || (mask & POWER_CAP) != 0 && (lowered(bench, card) || slowClock(bench))) {
            return POWER;
        }
        if (sameClock(bench)) {
            boolean taken = uneven(bench) || fraction.isPresent() && fraction.getAsDouble() < FULL_CLOCK / 2;
            return taken ? NEIGHBOUR : UNCLEAR;
        }
        double rise = bench.figure("temperature_end").orElse(0)
                - bench.figure("temperature_begin").orElse(0);
        return known(bench) && rise >= RISE_CELSIUS ? HEAT : UNCLEAR;
    }

    /** Whether the card worked while we let it rest. */
    public static boolean busyAtRest(BenchGpu bench) {
        return bench.figure("idle_util_before").orElse(0) > BUSY_PERCENT
                || bench.figure("idle_util_after").orElse(0) > BUSY_PERCENT;
    }

    /** Whether its limit is lower than its maker's. */
    public static boolean lowered(BenchGpu bench, Optional<KnownCard> card) {
        OptionalDouble limit = bench.figure("power_limit");
        return limit.isPresent()
                && card.filter(one -> limit.getAsDouble() < LOWERED * one.powerWatt())
                        .isPresent();
    }

    /** Whether the seconds differ, or pieces of them: a card that is given out by turns stalls for some. */
    static boolean uneven(BenchGpu bench) {
        return bench.spread().orElse(0) > UNEVEN || stalls(bench);
    }

    /** Whether some pieces of 50 ms were far off the middle one. */
    public static boolean stalls(BenchGpu bench) {
        double middle = bench.figure("short_median").orElse(0);
        return middle > 0
                && (bench.figure("short_min").orElse(middle) < (1 - UNEVEN_SHORT) * middle
                        || bench.figure("short_max").orElse(middle) > (1 + UNEVEN_SHORT) * middle);
    }

    private static boolean known(BenchGpu bench) {
        return bench.figure("sm_clock_min").isPresent()
                && bench.figure("sm_clock_max").isPresent();
    }

    private static boolean sameClock(BenchGpu bench) {
        return known(bench)
                && bench.figure("sm_clock_min").getAsDouble()
                        >= SAME_CLOCK * bench.figure("sm_clock_max").getAsDouble();
    }

    private static boolean slowClock(BenchGpu bench) {
        OptionalDouble most = bench.figure("clock_max");
        return !sameClock(bench)
                || most.isPresent()
                        && bench.figure("sm_clock_median").orElse(most.getAsDouble()) < FULL_CLOCK * most.getAsDouble();
    }
}
