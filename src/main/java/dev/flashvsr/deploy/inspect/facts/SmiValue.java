package dev.flashvsr.deploy.inspect.facts;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One value as nvidia-smi prints it, in all of its formats. */
final class SmiValue {
    /** What stands where there is no value, without brackets, in small letters. */
    private static final Set<String> NOTHING = Set.of(
            "",
            "n/a",
            "none",
            "not supported",
            "not available",
            "not found",
            "unknown error",
            "unknown",
            "insufficient permissions",
            "gpu is lost",
            "gpu requires reset",
            "gpu access blocked",
            "requested functionality has been deprecated",
            "err!",
            "unset");

    private static final Pattern NUMBER = Pattern.compile("(-?[0-9]{1,15}(?:\\.[0-9]{1,6})?)\\s*[A-Za-z%/]{0,5}");
    private static final int LONGEST = 200;

    private SmiValue() {}

    /** The value without brackets, where it is one, at most 200 characters of it. */
    static Optional<String> of(String printed) {
        String text = bare(printed);
        return NOTHING.contains(text.toLowerCase(Locale.ROOT)) ? Optional.empty() : Optional.of(text);
    }

    /** Whether it stands for a card that does not answer. */
    static boolean lost(String printed) {
        return Set.of("unknown error", "gpu is lost", "gpu requires reset", "err!")
                .contains(bare(printed).toLowerCase(Locale.ROOT));
    }

    /** The number in front of a unit or of nothing; numbers of 16 digits and more are none. */
    static OptionalDouble number(String value) {
        Matcher matcher = NUMBER.matcher(value.strip());
        return matcher.matches() ? OptionalDouble.of(Double.parseDouble(matcher.group(1))) : OptionalDouble.empty();
    }

    /** Puts the value where it is one and none is known yet. */
    static void put(Map<String, String> fields, String key, String printed) {
        of(printed).ifPresent(value -> fields.putIfAbsent(key, value));
    }

    private static String bare(String printed) {
        String text = printed.strip();
        if (text.length() > LONGEST) {
            text = text.substring(0, LONGEST);
        }
        return text.length() > 1 && text.startsWith("[") && text.endsWith("]")
                ? text.substring(1, text.length() - 1).strip()
                : text;
    }
}
