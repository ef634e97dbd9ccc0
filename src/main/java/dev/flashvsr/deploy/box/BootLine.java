package dev.flashvsr.deploy.box;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The one line that the login shell gets. In it are only words in single quotes without backslashes, newlines, quotes or
 * exclamation marks, so that bash, dash, zsh, fish and csh all read the same. Box protocol, section 1.
 */
final class BootLine {
    /** The longest script, in bytes, that goes in the line: some servers take no line of more than 9,000. */
    static final int SHORT = 4096;

    /** The status with which bash ends when it did not get the whole script. */
    static final int INCOMPLETE = 125;

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
     * The script is read whole before any of it is run: one that the link cut off must not run its first half, and one that a
     * start file has taken a part of would run on into what follows it; so it must end with the mark. The x keeps the newlines
     * at its end. In the subshell the script sees neither the mark nor its own text.
     */
    private static final String BASH = "m=$1 n=$2; shift 2; "
            + "if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 404)); then "
            + "echo \"$m old-bash $BASH_VERSION\"; exit 127; fi; "
            + "l=${LC_ALL-}; LC_ALL=C; "
            + "s=$(if (($#)); then printf %s \"$@\" | base64 -d; else head -c \"$n\"; fi; echo x); s=${s%x}; "
            + "t=${s%\"#$m\"}; if ((${#s} - n || ${#s} - ${#t} - ${#m} - 1)); then exit " + INCOMPLETE + "; fi; s=$t; "
            + "LC_ALL=$l; if [ -z \"$l\" ]; then unset LC_ALL; fi; "
            + "echo; echo \"$m begin\"; "
            + "(set --; unset m n l t; eval \"unset s; $s\"); "
            + "echo \"$m end $?\"";

    private BootLine() {}

    /** What is sent of a script: its end must be seen. */
    static byte[] sent(String mark, byte[] script) {
        byte[] end = ("#" + mark).getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(script, script.length + end.length);
        System.arraycopy(end, 0, all, script.length, end.length);
        return all;
    }

    /** For a script of {@code length} bytes, which follows on standard input as {@link #sent}. */
    static String of(String mark, int length) {
        int size = length + 1 + mark.length();
        return "exec /bin/sh -c '" + SH + "' sh '" + BASH + "' box " + mark + " " + size;
    }

    /**
     * With the script in it, of at most {@link #SHORT} bytes: it begins a round trip earlier, because a server takes no
     * input before it has started the command. Everybody on the box can read it.
     */
    static String with(String mark, byte[] script) {
        StringBuilder line = new StringBuilder(of(mark, script.length));
        String words = Base64.getEncoder().encodeToString(sent(mark, script));
        for (int from = 0; from < words.length(); from += WORD) {
            line.append(" '")
                    .append(words, from, Math.min(words.length(), from + WORD))
                    .append('\'');
        }
        return line.toString();
    }
}
