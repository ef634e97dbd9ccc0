package dev.flashvsr.deploy.inspect.offer;

import dev.flashvsr.deploy.inspect.catalogue.Wording;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Money and times in words, the same on every machine. */
final class Shown {
    private static final int CENTS = 2;
    private static final int SMALL_DIGITS = 4;

    private Shown() {}

    /** Two places; four where two would hide a small price. */
    static String money(BigDecimal amount, String currency) {
        BigDecimal cents = amount.setScale(CENTS, RoundingMode.HALF_UP);
        boolean hidden = amount.stripTrailingZeros().scale() > CENTS && amount.compareTo(BigDecimal.ONE) < 0;
        return (hidden ? amount.setScale(SMALL_DIGITS, RoundingMode.HALF_UP).stripTrailingZeros() : cents)
                        .toPlainString()
                + " " + currency;
    }

    /** As it was written, without zeros at the end. */
    static String number(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    /** Whole days from two days on, then hours and minutes, then minutes, then seconds. */
    static Wording time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < Duration.ofMinutes(1).toSeconds()) {
            return new Wording(seconds + " s", seconds + " с");
        }
        long minutes = (seconds + 30) / 60;
        if (minutes < 60) {
            return new Wording(minutes + " min", minutes + " мин");
        }
        long hours = minutes / 60;
        if (hours >= 48 && minutes % 60 == 0 && hours % 24 == 0) {
            return new Wording(hours / 24 + " days", hours / 24 + " сут");
        }
        Wording whole = new Wording(hours + " h", hours + " ч");
        long rest = minutes % 60;
        return rest == 0 ? whole : whole.and(new Wording(rest + " min", rest + " мин"));
    }
}
