package dev.flashvsr.deploy.inspect.catalogue;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dotted version as one number that compares as versions do: 550.54.14 is 550054014, 12.4 is 12004000. Limits whose
 * names end in {@code _version} are such numbers.
 */
public final class VersionNumber {
    private static final Pattern FORM =
            Pattern.compile("([0-9]{1,6})(?:\\.([0-9]{1,3}))?(?:\\.([0-9]{1,3}))?(?:[^0-9].*)?", Pattern.DOTALL);
    private static final double STEP = 1000;

    private VersionNumber() {}

    /** Of a text that begins with up to three numbers, as {@code 12.4}, {@code 3.11.13} or {@code 2.5.1+cu121}. */
    public static OptionalDouble of(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? OptionalDouble.of((number(parts, 1) * STEP + number(parts, 2)) * STEP + number(parts, 3))
                : OptionalDouble.empty();
    }

    private static double number(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
