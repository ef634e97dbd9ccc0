package dev.flashvsr.deploy.inspect.probe;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code free} prints, as the lines of /proc/meminfo that the probe {@code mem.info} would have printed. */
final class PastedMemory {
    private static final Pattern MEM =
            Pattern.compile("(?m)^Mem: +([0-9.]{1,15})([KMGTP]?i?)B? .*?([0-9.]{1,15})([KMGTP]?i?)B?\\s*$");
    private static final double STEP = 1024;

    private PastedMemory() {}

    /** Empty where there is no such line; without letters the unit is that of the command's option, KiB by itself. Where
     * the command was not copied, it is the one that makes a machine of it: no box has less than 4 GiB, none more than 4 TiB. */
    static Optional<String> asInfo(String text, String command) {
        Matcher matcher = MEM.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        double plain = command.matches(".* -[a-z]*g.*")
                ? STEP * STEP
                : command.matches(".* -[a-z]*m.*") ? STEP : command.isEmpty() ? likely(matcher.group(1)) : 1;
        OptionalDouble total = kib(matcher.group(1), matcher.group(2), plain);
        OptionalDouble free = kib(matcher.group(3), matcher.group(4), plain);
        return total.isEmpty() || free.isEmpty()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "MemTotal: %.0f kB%nMemAvailable: %.0f kB%n",
                        total.getAsDouble(),
                        free.getAsDouble()));
    }

    private static double likely(String total) {
        double number = kib(total, "", 1).orElse(0);
        return number < 4 * STEP ? STEP * STEP : number < 4 * STEP * STEP ? STEP : 1;
    }

    private static OptionalDouble kib(String number, String unit, double plain) {
        if (!number.matches("[0-9]{1,15}(\\.[0-9]{1,6})?")) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(number);
        int power = unit.isEmpty() ? -1 : "KMGTP".indexOf(unit.charAt(0));
        return OptionalDouble.of(power < 0 ? value * plain : value * Math.pow(STEP, power));
    }
}
