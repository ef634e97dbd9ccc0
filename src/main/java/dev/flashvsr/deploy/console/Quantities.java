package dev.flashvsr.deploy.console;

import java.time.Duration;
import java.util.Locale;

/** Times, sizes and amounts of money, as people write them; the same in every language environment. */
public final class Quantities {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

    private Quantities() {}

    /** Such as {@code 3.2 s}, {@code 45 s}, {@code 5 min}, {@code 5 min 20 s}, {@code 1 h 05 min}; below nothing is nothing. */
    public static String time(Duration time) {
        long tenths = Math.max(0, (time.toMillis() + 50) / 100);
        if (tenths < 100) {
            return tenths % 10 == 0 ? tenths / 10 + " s" : tenths / 10 + "." + tenths % 10 + " s";
        }
        long seconds = (time.toMillis() + 500) / 1000;
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : format(" %02d s", seconds % 60));
        }
        long minutes = (seconds + 30) / 60;
        return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : format(" %02d min", minutes % 60));
    }

    /** An estimate, no finer than it deserves: {@code 8 s}, {@code 50 s}, {@code 3 min}, {@code 1 h 05 min}. */
    public static String roughTime(Duration time) {
        long seconds = Math.max(1, (time.toMillis() + 500) / 1000);
        if (seconds < 10) {
            return seconds + " s";
        }
        if (seconds < 55) {
            return (seconds + 5) / 10 * 10 + " s";
        }
        return time(Duration.ofMinutes((seconds + 30) / 60));
    }

    /** Elapsed time as a clock shows it: {@code 07:31}, {@code 1:07:31}. */
    public static String clock(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        String minutes = format("%02d:%02d", seconds / 60 % 60, seconds % 60);
        return seconds < 3600 ? minutes : seconds / 3600 + ":" + minutes;
    }

    /** Decimal units, two digits where they matter: {@code 512 B}, {@code 6.9 GB}, {@code 120 MB}. */
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes / 1000.0;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        String number = value < 9.95 ? format("%.1f", value) : format("%.0f", value);
        return (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number) + " " + UNITS[unit];
    }

    /** A number with its noun: {@code 1 step}, {@code 3 steps}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
