package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The package manager (probes {@code apt.state}, {@code apt.plan}).
 *
 * @param manager such as {@code apt-get}, {@code dnf}; empty: none that we know
 * @param lists how many package lists are there; images of containers often have none
 * @param holders programs that hold its locks now
 * @param running package managers and the like that run
 * @param halfDone packages that an installation left half done; empty where dpkg's status was not read
 * @param vendorSources of NVIDIA's: one with an old key makes every update fail
 * @param plans whether installing what the playbook needs would work by those lists; empty where it could not be tried
 * @param errors what that said
 */
public record Apt(
        Optional<String> manager,
        long lists,
        List<String> holders,
        List<String> running,
        OptionalLong halfDone,
        List<String> vendorSources,
        Optional<Boolean> plans,
        List<String> errors) {
    /** Keeps copies. */
    public Apt {
        holders = List.copyOf(holders);
        running = List.copyOf(running);
        vendorSources = List.copyOf(vendorSources);
        errors = List.copyOf(errors);
    }

    /** Empty where the first probe did not answer. */
    public static Optional<Apt> of(Evidence evidence) {
        if (evidence.text("apt.state").isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = ProbeText.lines(evidence, "apt.state");
        List<String> plan = ProbeText.lines(evidence, "apt.plan");
        Optional<String> rc = ProbeText.value(plan, "rc").filter(value -> value.matches("[0-9]{1,3}"));
        return Optional.of(new Apt(
                ProbeText.value(lines, "manager"),
                number(lines, "lists"),
                ProbeText.values(lines, "lock").stream()
                        .map(lock -> lock.split("\\|"))
                        .filter(fields -> fields.length == 3)
                        .map(fields -> fields[2] + " (" + fields[1] + ")")
                        .distinct()
                        .toList(),
                ProbeText.values(lines, "running"),
                ProbeText.value(lines, "half-done").map(ProbeText::number).orElse(OptionalLong.empty()),
                ProbeText.values(lines, "source").stream()
                        .map(source -> source.split("\\|"))
                        .filter(fields -> fields.length == 3 && !fields[2].equals("0"))
                        .map(fields -> fields[0])
                        .toList(),
                // 124: out of time.
                rc.filter(value -> !value.equals("124")).map("0"::equals),
                plan.stream().filter(line -> line.startsWith("E:")).toList()));
    }

    private static long number(List<String> lines, String name) {
        return ProbeText.value(lines, name)
                .map(ProbeText::number)
                .map(n -> n.orElse(0))
                .orElse(0L);
    }
}
