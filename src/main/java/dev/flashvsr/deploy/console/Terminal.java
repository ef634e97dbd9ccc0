package dev.flashvsr.deploy.console;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What can be shown where the output goes.
 *
 * @param live whether lines can be drawn again, so that a board may be shown
 */
public record Terminal(boolean live, Style style) {
    /**
     * Reads the environment: {@code TERM}, {@code CI}, {@code NO_COLOR} (any value but the empty one, no-color.org), and the
     * character set in {@code LC_ALL}, {@code LC_CTYPE} or {@code LANG}, of which the first that is set counts.
     *
     * @param attached whether input and output are a terminal ({@code System.console() != null})
     * @param plain whether the user asked for plain lines
     */
    public static Terminal of(Map<String, String> environment, boolean attached, boolean plain) {
        boolean live = attached
                && !plain
                && !environment.getOrDefault("TERM", "dumb").equals("dumb")
                && environment.getOrDefault("CI", "").isEmpty();
        boolean colour = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(live, new Style(colour, unicode(environment)));
    }

    /** Writes lines to a stream, each at once, so that another program that reads them is never late. */
    public static Consumer<String> lines(OutputStream out, Charset charset) {
        PrintStream stream = new PrintStream(out, false, charset);
        return line -> {
            stream.print(line + '\n');
            stream.flush();
        };
    }

    private static boolean unicode(Map<String, String> environment) {
        Optional<String> locale = Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst();
        return locale.map(name -> name.toLowerCase(Locale.ROOT).replace("-", ""))
                .filter(name -> name.contains("utf8"))
                .isPresent();
    }
}
