package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Memory in bytes (probes {@code mem.info}, {@code mem.limits}).
 *
 * @param total what /proc/meminfo says: in a container usually the host's
 * @param available the same, without what is in use
 * @param limit the least of the control groups'; empty: none
 * @param swap all of it
 */
public record MemoryLimits(long total, OptionalLong available, OptionalLong limit, long swap) {
    private static final Pattern LINE = Pattern.compile("(\\w+):\\s*([0-9]{1,15}) kB");
    private static final long KIB = 1024;

    /** Empty where /proc/meminfo can't be read. */
    public static Optional<MemoryLimits> of(Evidence evidence) {
        List<String> lines = ProbeText.lines(evidence, "mem.info");
        OptionalLong total = kib(lines, "MemTotal");
        if (total.isEmpty() || total.getAsLong() == 0) {
            return Optional.empty();
        }
        OptionalLong limit = ControlGroups.of(evidence, "mem.limits").least("memory.max", "memory.limit_in_bytes");
        return Optional.of(new MemoryLimits(
                total.getAsLong(),
                kib(lines, "MemAvailable"),
                limit,
                kib(lines, "SwapTotal").orElse(0)));
    }

    /** What processes here may use at most. */
    public long effective() {
        return Math.min(total, limit.orElse(total));
    }

    /** What they may use now: the control group's own use is not counted, as it is mostly cache. */
    public long usable() {
        return Math.min(effective(), available.orElse(total));
    }

    private static OptionalLong kib(List<String> lines, String name) {
        return lines.stream()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .filter(line -> line.group(1).equals(name))
                .mapToLong(line -> Long.parseLong(line.group(2)) * KIB)
                .findFirst();
    }
}
