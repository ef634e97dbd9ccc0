package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.catalogue.Wording;
import java.util.Locale;

/** Sizes, speeds and times, as the sentences of rules have them. */
final class Amounts {
    private static final double GIB = 1L << 30;
    private static final double GB = 1e9;
    private static final double MB = 1e6;
    private static final double TEN = 10;
    private static final double MINUTE = 60;
    private static final double HOUR = 3600;

    private Amounts() {}

    /** Such as {@code 15.5 GiB}, {@code 512 GiB}. */
    static String gib(double bytes) {
        return number(bytes / GIB) + " GiB";
    }

    /** Such as {@code 81.5 GB}, {@code 400 MB}. */
    static String gb(double bytes) {
        return bytes < GB ? number(bytes / MB) + " MB" : number(bytes / GB) + " GB";
    }

    /** Such as {@code 48 MB/s}. */
    static String rate(double bytesPerSecond) {
        return number(bytesPerSecond / MB) + " MB/s";
    }

    /** One digit after the point below ten, as few as are needed. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, Math.abs(value) < TEN ? "%.1f" : "%.0f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** Such as {@code 40 s}, {@code 6 min}, {@code 1.5 h}. */
    static Wording time(double seconds) {
        if (seconds < MINUTE) {
            String text = String.valueOf(Math.max(1, Math.round(seconds)));
            return new Wording(text + " s", text + " с");
        }
        if (seconds < 2 * HOUR) {
            String text = String.valueOf(Math.round(seconds / MINUTE));
            return new Wording(text + " min", text + " мин");
        }
        String text = number(seconds / HOUR);
        return new Wording(text + " h", text + " ч");
    }

    /** Such as {@code 6–9 min}; one figure where both are the same. */
    static Wording range(double least, double most) {
        Wording from = time(least);
        Wording to = time(most);
        if (from.equals(to)) {
            return to;
        }
        boolean sameUnit = from.en().replaceAll("[0-9.]", "").equals(to.en().replaceAll("[0-9.]", ""));
        return sameUnit
                ? new Wording(digits(from.en()) + "–" + to.en(), digits(from.ru()) + "–" + to.ru())
                : new Wording(from.en() + " – " + to.en(), from.ru() + " – " + to.ru());
    }

    private static String digits(String text) {
        return text.substring(0, text.indexOf(' '));
    }
}
