package dev.flashvsr.deploy.inspect.probe;

import dev.flashvsr.deploy.progress.UrlCredentials;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a probe printed: untrusted text.
 *
 * @param command what was run, as it is shown as evidence
 * @param exit its exit status; empty where it was out of time, or is unknown because a person pasted the text
 * @param timedOut it was ended for taking too long
 * @param text standard output and standard error, at most 1 MiB of it
 * @param from the outputs that it was made of, where it is another form of them; they are shown in its place
 */
public record Output(String command, OptionalInt exit, boolean timedOut, String text, List<Output> from) {
    /** Keeps a copy. Proxies and package indexes often hold a password: it is kept out of all that is shown and written. */
    public Output {
        text = UrlCredentials.hide(text);
        from = List.copyOf(from);
    }

    /** As it was printed. */
    public Output(String command, OptionalInt exit, boolean timedOut, String text) {
        this(command, exit, timedOut, text, List.of());
    }

    /** What a person pasted. */
    public static Output pasted(String command, String text) {
        return new Output(command, OptionalInt.empty(), false, text);
    }

    /** What a person pasted, put into another form. */
    public static Output made(String command, String text, List<Output> from) {
        return new Output(command, OptionalInt.empty(), false, text, from);
    }

    /** Of a command that ended by itself. */
    public static Output of(String command, int exit, String text) {
        return new Output(command, OptionalInt.of(exit), false, text);
    }

    /** Whether a person pasted it: then nothing is known of when and where it was printed. */
    public boolean isPasted() {
        return exit.isEmpty() && !timedOut;
    }

    /** What is shown of it as evidence. */
    public List<Output> shown() {
        return from.isEmpty() ? List.of(this) : from;
    }

    /** Whether it ended well, as far as is known. */
    public boolean ok() {
        return !timedOut && exit.orElse(0) == 0;
    }
}
