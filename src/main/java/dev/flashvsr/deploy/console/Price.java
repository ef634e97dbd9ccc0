package dev.flashvsr.deploy.console;

import java.time.Duration;
import java.util.Locale;

/**
 * What the box costs.
 *
 * @param perHour amount for an hour
 * @param currency such as {@code USD}
 */
public record Price(double perHour, String currency) {
    /** What so long costs: {@code 1.03 USD}. */
    public String of(Duration time) {
        return amount(perHour * time.toMillis() / 3_600_000.0);
    }

    /** An amount in this currency: {@code 1.03 USD}. */
    public String amount(double amount) {
        return String.format(Locale.ROOT, "%.2f %s", amount, currency);
    }

    @Override
    public String toString() {
        return amount(perHour) + "/h";
    }
}
