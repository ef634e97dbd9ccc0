package dev.flashvsr.deploy.box;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Named pieces of data as both sides send them: any number of {@code NAME SIZE\n}, SIZE raw bytes and a newline, in the
 * order in which they came. Box protocol, section 1.
 */
public final class Entries {
    /** The name that ends a list on standard input. */
    static final String END = ".";

    private static final int NAME_LIMIT = 512;
    /** Of the most steps that a playbook can have, each has a dozen at the most. */
    private static final int MOST = 20_000;

    private static final int HEADER_LIMIT = NAME_LIMIT + 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._/@+-]+");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,10}");

    private final Map<String, byte[]> entries;

    private Entries(Map<String, byte[]> entries) {
        this.entries = entries;
    }

    /** Reads a whole answer; {@link DeployException} with exit status 4 when it does not hold. */
    public static Entries parse(byte[] answer) {
        Map<String, byte[]> found = new LinkedHashMap<>();
        int at = 0;
        while (at < answer.length) {
            int newline = newlineAfter(answer, at);
            String header = new String(answer, at, newline - at, StandardCharsets.ISO_8859_1);
            int space = header.lastIndexOf(' ');
            if (space < 0 || !SIZE.matcher(header.substring(space + 1)).matches()) {
                throw broken(answer, at);
            }
            String name = header.substring(0, space);
            long size = Long.parseLong(header.substring(space + 1));
            int body = newline + 1;
            boolean end = name.equals(END) && size == 0;
            if (body + size >= answer.length || answer[(int) (body + size)] != '\n' || !(end || isName(name))) {
                throw broken(answer, at);
            }
            at = (int) (body + size) + 1;
            if (end) {
                break;
            }
            if (found.size() == MOST) {
                throw broken("it holds more than " + MOST + " entries");
            }
            if (found.put(name, Arrays.copyOfRange(answer, body, at - 1)) != null) {
                throw broken("it holds " + name + " twice");
            }
        }
        return new Entries(found);
    }

    /** Whether a name may be sent: it can't lead out of the directory that it is written to. */
    public static boolean isName(String name) {
        String path = "/" + name + "/";
        return NAME.matcher(name).matches()
                && name.length() <= NAME_LIMIT
                && !path.contains("//")
                && !path.contains("/./")
                && !path.contains("/../");
    }

    /** The names in the order in which they came. */
    public Set<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    /** The bytes of an entry. */
    public Optional<byte[]> bytes(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** An entry read as UTF-8, exactly; untrusted text. */
    public Optional<String> text(String name) {
        return bytes(name).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** An entry as text without the white space around it, where it has any other; untrusted text. */
    public Optional<String> word(String name) {
        return text(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The entries below {@code prefix + "/"}, by the rest of their names. */
    public Entries under(String prefix) {
        Map<String, byte[]> below = new LinkedHashMap<>();
        entries.forEach((name, bytes) -> {
            if (name.startsWith(prefix + "/")) {
                below.put(name.substring(prefix.length() + 1), bytes);
            }
        });
        return new Entries(below);
    }

    private static int newlineAfter(byte[] answer, int at) {
        for (int i = at; i < answer.length && i < at + HEADER_LIMIT; i++) {
            if (answer[i] == '\n') {
                return i;
            }
        }
        throw broken(answer, at);
    }

    private static DeployException broken(byte[] answer, int at) {
        String shown = new String(answer, at, Math.min(80, answer.length - at), StandardCharsets.ISO_8859_1);
        return broken("at byte " + at + " it reads: " + Said.line(shown));
    }

    private static DeployException broken(String why) {
        return new DeployException(
                ExitCode.UNFIT,
                "The box's answer is not as agreed: " + why,
                "Run the command again; if it stays so, look on the box for what changes its commands' output.");
    }
}
