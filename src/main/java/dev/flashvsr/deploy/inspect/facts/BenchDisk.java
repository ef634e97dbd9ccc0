package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a measurement of the disk found, lines {@code NAME=VALUE} under the id {@code bench.disk}.
 *
 * @param place the directory in which it was made
 * @param writeMbs MB/s of writing one large file until it is on the disk
 * @param readMbs MB/s of reading it; empty where the kernel's memory could not be gone around
 * @param filesPerSecond small files that were made, looked at and removed in a second
 */
public record BenchDisk(String place, double writeMbs, OptionalDouble readMbs, OptionalDouble filesPerSecond) {
    /** Empty where nothing was measured: see {@link #refused}. */
    public static Optional<BenchDisk> of(Evidence evidence) {
        List<String> lines = ProbeText.lines(evidence, "bench.disk");
        OptionalDouble write = number(lines, "write_mb_s");
        boolean direct =
                ProbeText.value(lines, "read_how").filter("direct"::equals).isPresent();
        return write.isEmpty()
                ? Optional.empty()
                : Optional.of(new BenchDisk(
                        ProbeText.value(lines, "place").orElse(""),
                        write.getAsDouble(),
                        direct ? number(lines, "read_mb_s") : OptionalDouble.empty(),
                        number(lines, "files_per_s")));
    }

    /** Why nothing was measured, where it was tried: what the box said. */
    public static Optional<String> refused(Evidence evidence) {
        List<String> lines = ProbeText.lines(evidence, "bench.disk");
        return ProbeText.value(lines, "refused").or(() -> ProbeText.value(lines, "error"));
    }

    private static OptionalDouble number(List<String> lines, String name) {
        return ProbeText.value(lines, name).map(SmiValue::number).orElse(OptionalDouble.empty());
    }
}
