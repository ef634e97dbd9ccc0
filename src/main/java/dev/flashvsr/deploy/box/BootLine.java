package dev.flashvsr.deploy.box;

import java.util.Base64;

/**
 * The one line that the login shell gets. In it are only words in single quotes without backslashes, newlines, quotes or
 * exclamation marks, so that bash, dash, zsh, fish and csh all read the same. Box protocol, section 1.
 */
final class BootLine {
    /** The longest script, in bytes, that goes in the line: some servers take no line of more than 9,000. */
    static final int SHORT = 4096;

    /** csh reads no word of more than 1,024 characters. */
    private static final int WORD = 1000;

    /**
     * bash reads what BASH_ENV names, and sh what ENV names: both go before either starts. TMOUT would limit every read of
     * a script, which may have to wait for long.
     */
    private static final String SH = "unset BASH_ENV ENV TMOUT; "
            + "command -v bash >/dev/null 2>&1 || { echo \"$3 no-bash\"; exit 127; }; "
            + "exec bash --noprofile --norc -c \"$@\"";

    /**
     * The script is read whole before any of it is run: one that the link cut off must not run its first half. The x
     * keeps the newlines at its end. In the subshell the script sees neither the mark nor its own text.
     */
    private static final String BASH = "m=$1 n=$2; shift 2; "
            + "if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 404)); then "
            + "echo \"$m old-bash $BASH_VERSION\"; exit 127; fi; "
            + "l=${LC_ALL-}; LC_ALL=C; "
            + "s=$(if (($#)); then printf %s \"$@\" | base64 -d; else head -c \"$n\"; fi; echo x); s=${s%x}; "
            + "if ((${#s} - n)); then exit 125; fi; "
            + "LC_ALL=$l; if [ -z \"$l\" ]; then unset LC_ALL; fi; "
            + "echo; echo \"$m begin\"; "
            + "(set --; unset m n l; eval \"unset s; $s\"); "
            + "echo \"$m end $?\"";

    private BootLine() {}

    /** For a script of {@code size} bytes, which follows on standard input. */
    static String of(String mark, int size) {
        return "exec /bin/sh -c '" + SH + "' sh '" + BASH + "' box " + mark + " " + size;
    }

    /**
     * With the script in it, of at most {@link #SHORT} bytes: it begins a round trip earlier, because a server takes no
     * input before it has started the command. Everybody on the box can read it.
     */
    static String with(String mark, byte[] script) {
        StringBuilder line = new StringBuilder(of(mark, script.length));
        String words = Base64.getEncoder().encodeToString(script);
        for (int from = 0; from < words.length(); from += WORD) {
            line.append(" '")
                    .append(words, from, Math.min(words.length(), from + WORD))
                    .append('\'');
        }
        return line.toString();
    }
}
