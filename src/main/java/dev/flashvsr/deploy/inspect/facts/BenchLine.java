package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How fast random bytes went between this machine and the box, in one stream; lines {@code NAME=VALUE} under the id
 * {@code bench.line}.
 *
 * @param pushMbs MB/s to the box
 * @param pullMbs MB/s from it
 */
public record BenchLine(OptionalDouble pushMbs, OptionalDouble pullMbs) {
    /** Empty where neither was measured. */
    public static Optional<BenchLine> of(Evidence evidence) {
        List<String> lines = ProbeText.lines(evidence, "bench.line");
        BenchLine line = new BenchLine(number(lines, "push_mb_s"), number(lines, "pull_mb_s"));
        return line.pushMbs.isEmpty() && line.pullMbs.isEmpty() ? Optional.empty() : Optional.of(line);
    }

    private static OptionalDouble number(List<String> lines, String name) {
        return ProbeText.value(lines, name).map(SmiValue::number).orElse(OptionalDouble.empty());
    }
}
