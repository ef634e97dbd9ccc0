package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.progress.SafeText;

/**
 * How text may be dressed on this terminal.
 *
 * @param colour whether colours may be used
 * @param unicode whether more than ASCII can be shown
 */
public record Style(boolean colour, boolean unicode) {
    /** For files, pipes and simple terminals. */
    public static final Style PLAIN = new Style(false, false);

    String bold(String text) {
        return sgr("1", text);
    }

    String dim(String text) {
        return sgr("2", text);
    }

    String red(String text) {
        return sgr("31", text);
    }

    String green(String text) {
        return sgr("32", text);
    }

    String yellow(String text) {
        return sgr("33", text);
    }

    /** What is done. */
    String tick() {
        return green(unicode ? "✓" : "v");
    }

    /** What failed. */
    String cross() {
        return red(unicode ? "✗" : "x");
    }

    /** Where nothing was to be done. */
    String same() {
        return dim("=");
    }

    /** What a person should notice. */
    String mark() {
        return yellow("!");
    }

    /** What is under way. */
    String running() {
        return unicode ? "▸" : ">";
    }

    /** The end of a text that was cut. */
    String ellipsis() {
        return unicode ? "…" : "...";
    }

    /** A bar of so many columns, filled so far. */
    String bar(double fraction, int columns) {
        int full = (int) Math.round(fraction * columns);
        return green((unicode ? "█" : "#").repeat(full)) + dim((unicode ? "░" : ".").repeat(columns - full));
    }

    /** Text from elsewhere: safe to show, and in ASCII where no more can be shown. */
    String plain(String text) {
        String safe = SafeText.of(text);
        return unicode ? safe : safe.replaceAll("[^ -~]", "?");
    }

    private String sgr(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
