package dev.flashvsr.deploy.console;

/** Text measured and cut in terminal columns. Combining characters take none, East Asian and emoji ones two. */
final class Columns {
    private Columns() {}

    static int of(String text) {
        return text.codePoints().map(Columns::of).sum();
    }

    /** The text, or as much of it as fits with {@code end} behind it. Never wider than {@code columns}. */
    static String fit(String text, int columns, String end) {
        if (of(text) <= columns) {
            return text;
        }
        String mark = end.length() <= columns ? end : "";
        int left = columns - of(mark);
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            left -= of(character);
            if (left < 0) {
                break;
            }
            kept.appendCodePoint(character);
            i += Character.charCount(character);
        }
        return kept + mark;
    }

    /** Filled up with blanks. */
    static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - of(text)));
    }

    private static int of(int character) {
        if (character < 0x300) {
            return 1;
        }
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(character) ? 2 : 1;
        };
    }

    /** The blocks that Unicode's EastAsianWidth.txt gives as wide or fullwidth, joined where gaps are unassigned. */
    private static boolean isWide(int c) {
        return c >= 0x1100
                && (c <= 0x115f
                        || (c >= 0x231a && c <= 0x231b)
                        || (c >= 0x2614 && c <= 0x2615)
                        || c == 0x2705
                        || c == 0x274c
                        || c == 0x2728
                        || (c >= 0x2e80 && c <= 0x303e)
                        || (c >= 0x3041 && c <= 0xa4cf)
                        || (c >= 0xa960 && c <= 0xa97f)
                        || (c >= 0xac00 && c <= 0xd7a3)
                        || (c >= 0xf900 && c <= 0xfaff)
                        || (c >= 0xfe30 && c <= 0xfe6f)
                        || (c >= 0xff01 && c <= 0xff60)
                        || (c >= 0xffe0 && c <= 0xffe6)
                        || (c >= 0x1f300 && c <= 0x1f64f)
                        || (c >= 0x1f680 && c <= 0x1f6ff)
                        || (c >= 0x1f900 && c <= 0x1faff)
                        || (c >= 0x20000 && c <= 0x3fffd));
    }
}
