package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The driver's reports of faults in the kernel's log, from the probe {@code gpu.xid}.
 *
 * @param numbers Xid numbers in order; a card that fell off its bus without a number counts as 79
 */
public record Xids(List<Integer> numbers) {
    /**
     * Those for which Azure's health checks take a node out of service (azurehpc-health-checks, commit 0e0a1ac), which
     * leaves the faults of programs (13, 31, 43, 45) out.
     */
    private static final List<Integer> GRAVE =
            List.of(48, 56, 57, 58, 62, 63, 64, 65, 68, 69, 73, 74, 79, 80, 81, 92, 94, 95, 119, 120, 140);

    /** Of those the ones after which the card, or a part of its memory, is lost until it is reset or replaced. */
    private static final List<Integer> FATAL = List.of(48, 63, 64, 79, 95, 119, 120, 140);

    private static final int OFF_THE_BUS = 79;
    private static final Pattern LINE = Pattern.compile("NVRM: Xid \\(.{1,60}?\\): ?([0-9]{1,4})\\b");
    private static final int MOST = 5000;

    /** Keeps a copy. */
    public Xids {
        numbers = List.copyOf(numbers);
    }

    /** Empty where the log could not be read. */
    public static Optional<Xids> of(Evidence evidence) {
        return evidence.text("gpu.xid")
                .filter(text -> text.startsWith("lines="))
                .map(text -> {
                    List<Integer> numbers = new ArrayList<>();
                    for (String line : text.lines().limit(MOST).toList()) {
                        Matcher matcher = LINE.matcher(line);
                        if (matcher.find()) {
                            numbers.add(Integer.parseInt(matcher.group(1)));
                        } else if (line.contains("fallen off the bus")) {
                            numbers.add(OFF_THE_BUS);
                        }
                    }
                    return new Xids(numbers);
                });
    }

    /** Whether one of them leaves the card unusable, or a part of its memory. */
    public boolean isFatal() {
        return numbers.stream().anyMatch(FATAL::contains);
    }

    /** Those that speak of the card and not of a program, each once. */
    public List<Integer> grave() {
        return numbers.stream().filter(GRAVE::contains).distinct().sorted().toList();
    }
}
