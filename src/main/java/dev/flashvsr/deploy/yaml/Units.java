package dev.flashvsr.deploy.yaml;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as a person writes them: a whole number and a unit. */
public final class Units {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})([A-Za-z]{1,3})");
    private static final Map<String, Long> SECONDS = Map.of("s", 1L, "m", 60L, "h", 3600L);
    private static final Map<String, Long> BYTES = Map.of(
            "B", 1L,
            "KB", 1000L,
            "MB", 1000_000L,
            "GB", 1000_000_000L,
            "TB", 1000_000_000_000L,
            "KiB", 1L << 10,
            "MiB", 1L << 20,
            "GiB", 1L << 30,
            "TiB", 1L << 40);

    private Units() {}

    /** {@code 90s}, {@code 45m}, {@code 2h}; empty for anything else. */
    public static Optional<Duration> duration(String text) {
        OptionalLong seconds = parse(text, SECONDS);
        return seconds.isPresent() ? Optional.of(Duration.ofSeconds(seconds.getAsLong())) : Optional.empty();
    }

    /** {@code 256MiB}, {@code 400MB}, {@code 1GB} and the like, in bytes; empty for anything else. */
    public static OptionalLong size(String text) {
        return parse(text, BYTES);
    }

    private static OptionalLong parse(String text, Map<String, Long> units) {
        Matcher matcher = FORM.matcher(text);
        Long unit = matcher.matches() ? units.get(matcher.group(2)) : null;
        if (unit == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit));
        } catch (ArithmeticException tooLarge) {
            return OptionalLong.empty();
        }
    }
}
