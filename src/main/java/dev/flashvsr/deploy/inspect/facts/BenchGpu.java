package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What a measurement of the card found, lines {@code key=value} under the id {@code bench.gpu}: {@code matmul_tflops}
 * (bf16, TFLOP/s) by PyTorch or {@code fma_tflops} (single precision) by the driver alone, {@code windows} (TFLOP/s of
 * every second, with commas), {@code short_min}, {@code short_median}, {@code short_max} (of pieces of 50 ms),
 * {@code d2d_gbs} (read and written counted), {@code h2d_gbs}, {@code d2h_gbs} (GB/s), {@code sm_clock_min} and so on
 * and {@code clock_max} (MHz), {@code throttle} (the driver's mask, hexadecimal or decimal), {@code temperature_begin},
 * {@code temperature_end} (°C), {@code power}, {@code power_limit} (W), {@code idle_util_before},
 * {@code idle_util_after} (%), {@code alloc} (of 90 % of what is free: ok or refused), {@code busy} (a process of this
 * box that works on it: then nothing was measured), {@code error}, {@code fps}.
 */
public record BenchGpu(Map<String, String> values) {
    private static final int MOST = 200;

    /** Keeps a copy. */
    public BenchGpu {
        values = Map.copyOf(values);
    }

    /** Empty where it was not tried; also of one that failed in the end, since what came before counts. */
    public static Optional<BenchGpu> of(Evidence evidence) {
        return evidence.of("bench.gpu").map(Output::text).flatMap(text -> {
            Map<String, String> values = new LinkedHashMap<>();
            text.lines().limit(MOST).filter(line -> line.indexOf('=') > 0).forEach(line -> {
                int equals = line.indexOf('=');
                SmiValue.put(values, line.substring(0, equals).strip(), line.substring(equals + 1));
            });
            return values.isEmpty() ? Optional.empty() : Optional.of(new BenchGpu(values));
        });
    }

    /** The word of this key. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The figure of this key. */
    public OptionalDouble figure(String key) {
        return SmiValue.number(values.getOrDefault(key, ""));
    }

    /** The difference of the fastest and the slowest second, as a part of the middle one; of three seconds or more. */
    public OptionalDouble spread() {
        List<Double> seconds = Stream.of(values.getOrDefault("windows", "").split(",", 500))
                .map(SmiValue::number)
                .flatMapToDouble(OptionalDouble::stream)
                .filter(value -> value > 0)
                .sorted()
                .boxed()
                .toList();
        return seconds.size() < 3
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        (seconds.get(seconds.size() - 1) - seconds.get(0)) / seconds.get(seconds.size() / 2));
    }

    /** The driver's reasons for lower clocks while it was measured, as a mask. */
    public OptionalDouble throttle() {
        String mask = values.getOrDefault("throttle", "");
        return mask.matches("0x[0-9A-Fa-f]{1,12}|0x0{0,8}[0-9A-Fa-f]{1,8}")
                ? DoubleStream.of(Long.parseLong(mask.substring(2), 16)).findFirst()
                : figure("throttle");
    }
}
