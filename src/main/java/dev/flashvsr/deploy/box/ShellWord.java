package dev.flashvsr.deploy.box;

/** A value as one word of a POSIX shell. */
public final class ShellWord {
    private ShellWord() {}

    /** In single quotes, whatever is in it; {@link IllegalArgumentException} for a NUL, which no shell can hold. */
    public static String quote(String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a NUL can't be part of a shell word");
        }
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
