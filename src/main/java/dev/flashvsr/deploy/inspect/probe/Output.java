package dev.flashvsr.deploy.inspect.probe;

import dev.flashvsr.deploy.progress.UrlCredentials;
import java.util.OptionalInt;

/**
 * What a probe printed: untrusted text.
 *
 * @param command what was run, as it is shown as evidence
 * @param exit its exit status; empty where it was out of time, or is unknown because a person pasted the text
 * @param timedOut it was ended for taking too long
 * @param text standard output and standard error, at most 1 MiB of it
 */
public record Output(String command, OptionalInt exit, boolean timedOut, String text) {
    /** Proxies and package indexes often hold a password: it is kept out of all that is shown and written. */
    public Output {
        text = UrlCredentials.hide(text);
    }

    /** What a person pasted. */
    public static Output pasted(String command, String text) {
        return new Output(command, OptionalInt.empty(), false, text);
    }

    /** Of a command that ended by itself. */
    public static Output of(String command, int exit, String text) {
        return new Output(command, OptionalInt.of(exit), false, text);
    }

    /** Whether a person pasted it: then nothing is known of when and where it was printed. */
    public boolean isPasted() {
        return exit.isEmpty() && !timedOut;
    }

    /** Whether it ended well, as far as is known. */
    public boolean ok() {
        return !timedOut && exit.orElse(0) == 0;
    }
}
