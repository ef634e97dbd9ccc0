package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How many processes and threads there may be (probe {@code pids.limits}).
 *
 * @param groups the least of the control groups'; empty: no limit
 * @param user {@code ulimit -u}; empty: no limit
 * @param files {@code ulimit -n}: open files of a process
 */
public record PidsLimits(OptionalLong groups, OptionalLong user, OptionalLong files) {
    /** Empty where the probe said nothing. */
    public static Optional<PidsLimits> of(Evidence evidence) {
        List<String> lines = ProbeText.lines(evidence, "pids.limits");
        List<String> limits = lines.stream()
                .filter(line -> line.startsWith("ulimit|"))
                .flatMap(line -> Arrays.stream(line.split("\\|")))
                .toList();
        OptionalLong groups = ControlGroups.of(evidence, "pids.limits").least("pids.max");
        // Only this word says that there is no limit.
        boolean read = number(limits, "u").isPresent()
                || ProbeText.value(limits, "u").filter("unlimited"::equals).isPresent();
        return !read && groups.isEmpty()
                ? Optional.empty()
                : Optional.of(new PidsLimits(groups, number(limits, "u"), number(limits, "n")));
    }

    /** The smaller of the two; empty: no limit. */
    public OptionalLong effective() {
        if (groups.isPresent() && user.isPresent()) {
            return OptionalLong.of(Math.min(groups.getAsLong(), user.getAsLong()));
        }
        return groups.isPresent() ? groups : user;
    }

    private static OptionalLong number(List<String> limits, String name) {
        return ProbeText.value(limits, name).map(ProbeText::number).orElse(OptionalLong.empty());
    }
}
