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
     * One line without escape sequences, control characters, invisible characters that reorder or break lines, and logins
     * within addresses; a tab becomes a space.
     */
    public static String of(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            return UrlCredentials.hide(text);
        }
        String plain = ESCAPES.matcher(text).replaceAll("");
        StringBuilder safe = new StringBuilder(plain.length());
        plain.codePoints()
                .map(c -> c == '\t' ? ' ' : c)
                .filter(c -> c >= ' ' && !isInvisible(c))
                .forEach(safe::appendCodePoint);
        return UrlCredentials.hide(safe.toString());
    }

    /** Whether a character is not seen, but changes how others are: of control, format and fillers all but ASCII. */
    public static boolean isInvisible(int character) {
        return character >= 0x7f
                && switch (Character.getType(character)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE -> true;
                    default -> isFiller(character);
                };
    }

    /** Letters and marks that Unicode itself has programs show as nothing (Default_Ignorable_Code_Point). */
    private static boolean isFiller(int character) {
        return character == 0x034f
                || character == 0x115f
                || character == 0x1160
                || character == 0x17b4
                || character == 0x17b5
                || character >= 0x180b && character <= 0x180f
                || character == 0x2800
                || character == 0x3164
                || character >= 0xfe00 && character <= 0xfe0f
                || character == 0xffa0
                || character >= 0xe0000 && character <= 0xe0fff;
    }
}
