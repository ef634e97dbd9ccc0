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
            "unknown",
            "insufficient permissions",
            "gpu access blocked",
            "requested functionality has been deprecated",
            "unset");

    /** What stands where the card did not answer, in small letters. */
    private static final Set<String> FAULTS = Set.of("unknown error", "err!", "gpu is lost", "gpu requires reset");

    private static final Pattern NUMBER = Pattern.compile("(-?[0-9]{1,15}(?:\\.[0-9]{1,6})?)\\s*[A-Za-z%/]{0,5}");
    private static final int LONGEST = 200;

    /** What the key of a fault begins with; the field that it stands in place of follows. */
    static final String FAULT = "fault.";

    private SmiValue() {}

    /** The value without brackets, where it is one, at most 200 characters of it. */
    static Optional<String> of(String printed) {
        String text = bare(printed);
        return NOTHING.contains(text.toLowerCase(Locale.ROOT)) || isFault(text) ? Optional.empty() : Optional.of(text);
    }

    /** The words that stand in place of a value because the card did not answer. */
    static Optional<String> fault(String printed) {
        return Optional.of(bare(printed)).filter(SmiValue::isFault);
    }

    /** Whether these words stand for a card that is gone, whatever they stand in place of. */
    static boolean isDead(String printed) {
        String text = bare(printed).toLowerCase(Locale.ROOT);
        return text.equals("gpu is lost") || text.equals("gpu requires reset");
    }

    private static boolean isFault(String bare) {
        return FAULTS.contains(bare.toLowerCase(Locale.ROOT));
    }

    /** The number in front of a unit or of nothing; numbers of 16 digits and more are none. */
    static OptionalDouble number(String value) {
        Matcher matcher = NUMBER.matcher(value.strip());
        return matcher.matches() ? OptionalDouble.of(Double.parseDouble(matcher.group(1))) : OptionalDouble.empty();
    }

    /** Puts the value where it is one and none is known yet; the words of a fault under a key of their own. */
    static void put(Map<String, String> fields, String key, String printed) {
        of(printed).ifPresent(value -> fields.putIfAbsent(key, value));
        fault(printed).ifPresent(words -> fields.putIfAbsent(FAULT + key, words));
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
