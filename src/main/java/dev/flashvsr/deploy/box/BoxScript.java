package dev.flashvsr.deploy.box;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A bash script to be run on a box.
 *
 * @param name how messages call it, such as {@code survey}
 * @param text what bash evaluates
 */
public record BoxScript(String name, String text) {
    /** {@link IllegalArgumentException} for a NUL, which bash would drop. */
    public BoxScript {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the script " + name + " holds a NUL");
        }
    }

    /** The same, with these as {@code $1}, {@code $2}, … */
    public BoxScript withArguments(String... arguments) {
        String words = Arrays.stream(arguments).map(ShellWord::quote).collect(Collectors.joining(" "));
        return new BoxScript(name, "set -- " + words + "\n" + text);
    }

    /** Leaves out comments and indents: where it has to be short. */
    BoxScript compact() {
        return new BoxScript(
                name,
                text.lines()
                        .map(String::stripLeading)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
