package dev.flashvsr.deploy.inspect.pasted;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A size with or without a unit, with a point or a comma: {@code 503Gi}, {@code 6,4G}, {@code 0B}, {@code 1024}. */
final class Quantity {
    /** As part of a larger expression, without groups. */
    static final String FORM = "[0-9]{1,18}(?:[.,][0-9]{1,3})?(?:[KkMGTPEКМГТП]i?[BбБ]?|[KМГТ]иБ|[BбБ])?";

    private static final Pattern PARTS = Pattern.compile("([0-9]{1,18}(?:[.,][0-9]{1,3})?)([A-Za-zКМГТПиБб]{0,3})");
    private static final String UNITS = "BKMGTPE";
    private static final double STEP = 1024;

    private Quantity() {}

    /** In bytes; {@code plain} is what a number without a unit counts. */
    static OptionalDouble bytes(String text, double plain) {
        Matcher parts = PARTS.matcher(text.strip());
        if (!parts.matches()) {
            return OptionalDouble.empty();
        }
        double number = Double.parseDouble(parts.group(1).replace(',', '.'));
        if (parts.group(2).isEmpty()) {
            return OptionalDouble.of(number * plain);
        }
        char unit = Character.toUpperCase(parts.group(2).charAt(0));
        int power = Math.max(UNITS.indexOf(unit), "БКМГТП".indexOf(unit));
        return power < 0 ? OptionalDouble.empty() : OptionalDouble.of(number * Math.pow(STEP, power));
    }
}
