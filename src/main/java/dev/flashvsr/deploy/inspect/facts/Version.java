package dev.flashvsr.deploy.inspect.facts;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of up to three dotted numbers; what follows them ({@code +cu121}, {@code -rc1}) does not count. */
public record Version(int major, int minor, int patch) implements Comparable<Version> {
    private static final Pattern FORM =
            Pattern.compile("(?<![0-9.])([0-9]{1,6})(?:\\.([0-9]{1,3}))?(?:\\.([0-9]{1,3}))?(?![0-9])");
    private static final Pattern DOTTED =
            Pattern.compile("(?<![0-9.])([0-9]{1,6})\\.([0-9]{1,3})(?:\\.([0-9]{1,3}))?(?![0-9])");
    private static final int STEP = 1000;

    /** Of a text that begins with it. */
    public static Optional<Version> of(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        return matcher.lookingAt() ? Optional.of(of(matcher)) : Optional.empty();
    }

    /** The first dotted one anywhere in a text, such as {@code git version 2.34.1}. */
    public static Optional<Version> in(String text) {
        Matcher matcher = DOTTED.matcher(text);
        return matcher.find() ? Optional.of(of(matcher)) : Optional.empty();
    }

    /** Of a limit of the catalogue whose name ends in {@code _version}: 12.4 is 12004000. */
    public static Version ofLimit(double number) {
        long all = Math.round(number);
        return new Version((int) (all / STEP / STEP), (int) (all / STEP % STEP), (int) (all % STEP));
    }

    /** Whether it is this or newer. */
    public boolean atLeast(Version that) {
        return compareTo(that) >= 0;
    }

    @Override
    public int compareTo(Version that) {
        if (major != that.major) {
            return Integer.compare(major, that.major);
        }
        return minor != that.minor ? Integer.compare(minor, that.minor) : Integer.compare(patch, that.patch);
    }

    /** Such as {@code 12.4}; {@code 3.11.13} where the third number is not 0. */
    @Override
    public String toString() {
        return patch == 0
                ? String.format(Locale.ROOT, "%d.%d", major, minor)
                : String.format(Locale.ROOT, "%d.%d.%d", major, minor, patch);
    }

    private static Version of(Matcher matcher) {
        return new Version(number(matcher.group(1)), number(matcher.group(2)), number(matcher.group(3)));
    }

    @SuppressWarnings("NullAway")
    private static int number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
