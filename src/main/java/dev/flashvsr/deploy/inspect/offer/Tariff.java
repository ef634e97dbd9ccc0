package dev.flashvsr.deploy.inspect.offer;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/**
 * What a machine costs.
 *
 * @param currency three capital letters (ISO 4217)
 * @param hour price of an hour
 * @param day price of 24 hours
 * @param month price of a month
 * @param minimum the shortest time that is charged
 * @param step charged time is rounded up to a multiple of it
 */
public record Tariff(
        String currency,
        Optional<BigDecimal> hour,
        Optional<BigDecimal> day,
        Optional<BigDecimal> month,
        Optional<Duration> minimum,
        Optional<Duration> step) {
    private static final int DAY = 24;

    /** 365 days by 12 months. */
    private static final int MONTH = 730;

    private static final int DIGITS = 6;

    /** What an hour costs: the price of an hour, else its part of a day's or a month's. */
    public Optional<BigDecimal> perHour() {
        return hour.or(() -> day.map(price -> part(price, DAY))).or(() -> month.map(price -> part(price, MONTH)));
    }

    /** Whether an hour can't be rented alone, as far as is known. */
    public boolean isHourDerived() {
        return hour.isEmpty();
    }

    /** What is charged for this use: at least the minimum, in whole steps. */
    public Duration charged(Duration use) {
        Duration least = minimum.filter(time -> time.compareTo(use) > 0).orElse(use);
        return step.filter(time -> !time.isZero())
                .map(time -> time.multipliedBy((least.toMillis() + time.toMillis() - 1) / time.toMillis()))
                .orElse(least);
    }

    /** What this use costs, rounded up to the hundredth; empty where no price is known. */
    public Optional<BigDecimal> cost(Duration use) {
        return perHour()
                .map(price -> price.multiply(BigDecimal.valueOf(charged(use).toMillis()))
                        .divide(BigDecimal.valueOf(Duration.ofHours(1).toMillis()), 2, RoundingMode.CEILING));
    }

    private static BigDecimal part(BigDecimal price, int hours) {
        return price.divide(BigDecimal.valueOf(hours), DIGITS, RoundingMode.HALF_UP);
    }
}
