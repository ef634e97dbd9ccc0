package dev.flashvsr.deploy.box;

import dev.flashvsr.deploy.problem.DeployException;
import java.nio.charset.StandardCharsets;
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

    static final int NAME_LIMIT = 512;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._/@+-]+");

    private final Map<String, byte[]> entries;

    Entries(Map<String, byte[]> entries) {
        this.entries = entries;
    }

    /** Reads a whole answer; {@link DeployException} with exit status 4 when it does not hold. */
    public static Entries parse(byte[] answer) {
        EntryReader reader = new EntryReader((name, bytes) -> {});
        reader.take(answer, answer.length);
        return reader.end();
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
}
