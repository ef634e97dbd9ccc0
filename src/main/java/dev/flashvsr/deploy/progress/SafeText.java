package dev.flashvsr.deploy.progress;

import java.util.regex.Pattern;

/** Text from elsewhere, made harmless for a terminal. */
public final class SafeText {
    /**
     * Escape sequences as ECMA-48 has them: CSI (colours, cursor), then the strings OSC, DCS, APC, PM and SOS with all
     * they carry, then short ones. One that is cut off is removed as far as it goes.
     */
    private static final Pattern ESCAPES = Pattern.compile("(?:\u001b\\[|\u009b)[0-?]*+[ -/]*+[@-~]?"
            + "|(?:\u001b[\\]PX^_]|[\u0090\u0098\u009d\u009e\u009f])[^\u0007\u001b\u009c]*+(?:\u0007|\u001b\\\\|\u009c)?"
            + "|\u001b[ -/]*+[0-~]?");

    private SafeText() {}

    /**
     * One line without escape sequences, control characters, and invisible characters that reorder or break lines; a tab
     * becomes a space.
     */
    public static String of(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            return text;
        }
        String plain = ESCAPES.matcher(text).replaceAll("");
        StringBuilder safe = new StringBuilder(plain.length());
        plain.codePoints()
                .map(c -> c == '\t' ? ' ' : c)
                .filter(SafeText::isSafe)
                .forEach(safe::appendCodePoint);
        return safe.toString();
    }

    private static boolean isSafe(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
