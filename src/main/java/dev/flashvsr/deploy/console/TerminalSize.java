package dev.flashvsr.deploy.console;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much fits on the terminal. */
public record TerminalSize(int columns, int rows) {
    /** Where nothing is known. */
    public static final TerminalSize USUAL = new TerminalSize(80, 24);

    private static final Pattern STTY = Pattern.compile("\\s*(\\d{1,5}) (\\d{1,5})\\s*");

    /** Sizes that no board fits into are taken as 20 by 4. */
    public TerminalSize {
        columns = Math.max(20, columns);
        rows = Math.max(4, rows);
    }

    /** Reads what {@code stty size} prints: rows, columns; empty if it is none or says 0. */
    public static Optional<TerminalSize> ofStty(String printed) {
        Matcher size = STTY.matcher(printed);
        if (!size.matches()) {
            return Optional.empty();
        }
        int rows = Integer.parseInt(size.group(1));
        int columns = Integer.parseInt(size.group(2));
        return rows > 0 && columns > 0 ? Optional.of(new TerminalSize(columns, rows)) : Optional.empty();
    }

    /** From {@code COLUMNS} and {@code LINES}, as far as they are set to numbers; else {@link #USUAL}. */
    public static TerminalSize ofEnvironment(Map<String, String> environment) {
        return new TerminalSize(
                number(environment, "COLUMNS").orElse(USUAL.columns),
                number(environment, "LINES").orElse(USUAL.rows));
    }

    private static Optional<Integer> number(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> value.matches("[1-9]\\d{0,4}"))
                .map(Integer::parseInt);
    }
}
