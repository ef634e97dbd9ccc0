package dev.flashvsr.deploy.inventory;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an hour of a box costs.
 *
 * @param amount per hour
 * @param currency three capital letters (ISO 4217)
 */
public record Price(BigDecimal amount, String currency) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,4})?) ?([A-Z]{3}) ?/ ?h");

    /** {@code 1.50 USD/h}; empty for anything else. */
    public static Optional<Price> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new Price(new BigDecimal(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    /** What {@code time} costs, rounded up to the hundredth. */
    public BigDecimal costOf(Duration time) {
        return amount.multiply(BigDecimal.valueOf(time.toMillis()))
                .divide(BigDecimal.valueOf(Duration.ofHours(1).toMillis()), 2, RoundingMode.CEILING);
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency + "/h";
    }
}
