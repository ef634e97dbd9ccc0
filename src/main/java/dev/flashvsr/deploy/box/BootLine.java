package dev.flashvsr.deploy.box;

/**
 * The one line that the login shell gets. In it are only words in single quotes without backslashes, newlines, quotes or
 * exclamation marks, so that bash, dash, zsh, fish and csh all read the same. Box protocol, section 1.
 */
final class BootLine {
    /** bash reads what BASH_ENV names, and sh what ENV names: both go before either starts. */
    private static final String SH = "unset BASH_ENV ENV; "
            + "command -v bash >/dev/null 2>&1 || { echo \"$2 no-bash\"; exit 127; }; "
            + "exec bash --noprofile --norc -c \"$1\" box \"$2\" \"$3\"";

    /**
     * The script is read whole before any of it is run: one that the link cut off must not run its first half. The x
     * keeps the newlines at its end. In the subshell the script sees neither the mark nor its own text.
     */
    private static final String BASH = "m=$1 n=$2; "
            + "if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 404)); then "
            + "echo \"$m old-bash $BASH_VERSION\"; exit 127; fi; "
            + "l=${LC_ALL-}; LC_ALL=C; s=$(head -c \"$n\"; echo x); s=${s%x}; "
            + "if ((${#s} - n)); then exit 125; fi; "
            + "LC_ALL=$l; if [ -z \"$l\" ]; then unset LC_ALL; fi; "
            + "echo; echo \"$m begin\"; "
            + "(set --; unset m n l; eval \"unset s; $s\"); "
            + "echo \"$m end $?\"";

    private BootLine() {}

    /** For a script of {@code size} bytes. */
    static String of(String mark, int size) {
        return "exec /bin/sh -c '" + SH + "' box '" + BASH + "' " + mark + " " + size;
    }
}
