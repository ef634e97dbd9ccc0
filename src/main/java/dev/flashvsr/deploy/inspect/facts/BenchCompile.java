package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * How building and running a small CUDA kernel went (measurement {@code bench.compile}: lines {@code compiled=yes|no},
 * {@code ran=OK|WHY}, {@code error=WHY}).
 *
 * @param why what went wrong; empty where nothing did
 */
public record BenchCompile(boolean compiled, boolean ran, String why) {
    /** Empty where it was not tried: no compiler that fits, or no measurement. */
    public static Optional<BenchCompile> of(Evidence evidence) {
        List<String> lines = ProbeText.lines(evidence, "bench.compile");
        boolean compiled = ProbeText.values(lines, "compiled").contains("yes");
        if (ProbeText.value(lines, "compiled").isEmpty()) {
            return Optional.empty();
        }
        boolean ran = ProbeText.values(lines, "ran").contains("OK");
        String why =
                ran ? "" : ProbeText.value(lines, compiled ? "ran" : "error").orElse("no word of why");
        return Optional.of(new BenchCompile(compiled, ran, why));
    }
}
