package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Processors (probes {@code cpu.count}, {@code cpu.limits}).
 *
 * @param count those that we may run on
 * @param quota how many at a time by the control groups, also parts of one; empty: no limit
 */
public record CpuLimits(int count, OptionalDouble quota) {
    private static final double USUAL_PERIOD = 100_000;

    /** Empty where their number, or a limit that a control group has, can't be read. */
    public static Optional<CpuLimits> of(Evidence evidence) {
        List<String> lines = ProbeText.lines(evidence, "cpu.count");
        OptionalInt count =
                ProbeText.value(lines, "nproc").map(ProbeText::small).orElse(OptionalInt.empty());
        List<Map<String, String>> groups =
                ControlGroups.of(evidence, "cpu.limits").groups();
        if (count.isEmpty() || count.getAsInt() == 0 || !groups.stream().allMatch(CpuLimits::isRead)) {
            return Optional.empty();
        }
        OptionalDouble quota = groups.stream()
                .map(group -> group.containsKey("cpu.max")
                        ? quota(group.getOrDefault("cpu.max", "").split(" +"))
                        : quota(
                                group.getOrDefault("cpu.cfs_quota_us", ""),
                                group.getOrDefault("cpu.cfs_period_us", "")))
                .flatMapToDouble(OptionalDouble::stream)
                .min();
        return Optional.of(new CpuLimits(count.getAsInt(), quota));
    }

    /** The probe that could not be read, where {@link #of} is empty. */
    public static String unread(Evidence evidence) {
        return ControlGroups.of(evidence, "cpu.limits").groups().stream().allMatch(CpuLimits::isRead)
                ? "cpu.count"
                : "cpu.limits";
    }

    /** Whether what the files of limits hold is a limit, or says that there is none; a group may have no such file. */
    private static boolean isRead(Map<String, String> group) {
        return group.getOrDefault("cpu.max", "max").matches("(max|[0-9]+)( .*)?")
                && group.getOrDefault("cpu.cfs_quota_us", "-1").matches("-1|[0-9]+");
    }

    /** How many can work at a time, at least 1. */
    public int effective() {
        return Math.max(1, (int) Math.ceil(Math.min(count, quota.orElse(count)) - 0.01));
    }

    /** Of microseconds in each period; {@code max} and -1 are no limit. */
    private static OptionalDouble quota(String... numbers) {
        OptionalInt share = ProbeText.small(numbers.length > 0 ? numbers[0] : "");
        double period = ProbeText.small(numbers.length > 1 ? numbers[1] : "").orElse((int) USUAL_PERIOD);
        return share.isPresent() && share.getAsInt() > 0 && period > 0
                ? OptionalDouble.of(share.getAsInt() / period)
                : OptionalDouble.empty();
    }
}
