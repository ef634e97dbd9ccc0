package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Optional;

/** The C library (probe {@code os.libc}): what {@code getconf}, or else {@code ldd}, says. */
public record Libc(boolean glibc, Version version) {
    /** Empty where neither is named. */
    public static Optional<Libc> of(Evidence evidence) {
        List<String> lines = ProbeText.lines(evidence, "os.libc");
        String text = String.join("\n", lines);
        boolean musl = text.contains("musl");
        boolean gnu = text.contains("glibc") || text.contains("GLIBC") || text.contains("GNU libc");
        if (!musl && !gnu) {
            return Optional.empty();
        }
        // ldd (Ubuntu GLIBC 2.35-0ubuntu3) 2.35; musl says "Version 1.2.4" in a line of its own.
        return lines.stream()
                .map(Version::in)
                .flatMap(Optional::stream)
                .findFirst()
                .map(version -> new Libc(!musl, version));
    }
}
