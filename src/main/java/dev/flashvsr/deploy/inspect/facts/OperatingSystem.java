package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * The distribution, from {@code os-release} (probe {@code os.release}); in a container, the image's.
 *
 * @param id such as {@code ubuntu}, in small letters
 * @param version of {@code VERSION_ID}; rolling ones have none
 * @param like ids of those that it is made from
 * @param name as it is shown
 */
public record OperatingSystem(String id, Optional<Version> version, List<String> like, String name) {
    /** Keeps a copy. */
    public OperatingSystem {
        like = List.copyOf(like);
    }

    /** Empty where no id can be read. */
    public static Optional<OperatingSystem> of(Evidence evidence) {
        List<String> lines = ProbeText.lines(evidence, "os.release");
        return field(lines, "ID")
                .map(id -> new OperatingSystem(
                        id.toLowerCase(java.util.Locale.ROOT),
                        field(lines, "VERSION_ID").flatMap(Version::of),
                        List.of(field(lines, "ID_LIKE").orElse("").split(" ")),
                        field(lines, "PRETTY_NAME")
                                .or(() -> field(lines, "NAME"))
                                .orElse(id)));
    }

    /** Such as Ubuntu 22.04, or one made from it. */
    public boolean isDebianLike() {
        return id.equals("debian") || id.equals("ubuntu") || like.contains("debian") || like.contains("ubuntu");
    }

    /** Whether it is no Linux at all. */
    public boolean isWindows() {
        return id.equals("windows");
    }

    private static Optional<String> field(List<String> lines, String name) {
        return ProbeText.value(lines, name)
                .map(value -> value.replaceAll("^[\"']|[\"']$", "").strip())
                .filter(value -> !value.isEmpty());
    }
}
