package dev.flashvsr.deploy.products;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.hash.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the file {@code built-for} of an entry says: a line for {@code sha256sum --check}, and then what the file was built for.
 *
 * @param sha256 of the file, 64 lower-case hex digits
 * @param file its name, which leads nowhere else
 * @param key SHA-256 of what it was built for, without the last line's end: the entry's own name
 * @param facts what it was built for: lines {@code NAME VALUE}
 */
record BuiltFor(String sha256, String file, String key, String facts) {
    static final String NAME = "built-for";
    static final int MAX_SIZE = 64 << 10;

    /** What a playbook pins, and a box can't choose. */
    private static final Set<String> PINNED = Set.of("commit", "cutlass", "torch");

    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TEXT =
            Pattern.compile("([0-9a-f]{64}) [ *]([A-Za-z0-9_][A-Za-z0-9._+-]{0,200})\n(.+)", Pattern.DOTALL);

    /** Empty where it does not hold. */
    static Optional<BuiltFor> parse(byte[] bytes) {
        if (bytes.length > MAX_SIZE) {
            return Optional.empty();
        }
        try {
            // Not by the pattern, whose time would grow with the square of the line ends.
            String whole = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            int end = whole.length();
            while (end > 0 && whole.charAt(end - 1) == '\n') {
                end--;
            }
            Matcher text = TEXT.matcher(whole.substring(0, end));
            return text.matches() && !text.group(2).equals(NAME)
                    ? Optional.of(new BuiltFor(
                            text.group(1),
                            text.group(2),
                            Sha256.hex(text.group(3).getBytes(UTF_8)),
                            text.group(3)))
                    : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /**
     * The first of its lines {@code commit}, {@code cutlass} and {@code torch} that is not what this side's variables say, those
     * whose name has that word; empty where none contradicts them.
     */
    Optional<String> contradiction(Map<String, String> values) {
        return facts.lines()
                .filter(line -> PINNED.contains(line.split(" ", 2)[0]))
                .filter(line -> {
                    String[] fact = line.split(" ", 2);
                    List<String> stated = values.entrySet().stream()
                            .filter(value -> List.of(value.getKey().split("_")).contains(fact[0]))
                            .map(Map.Entry::getValue)
                            .toList();
                    return !stated.isEmpty() && (fact.length < 2 || !stated.contains(fact[1]));
                })
                .findFirst();
    }

    /** Whether this can be the name of an entry. */
    static boolean isKey(String name) {
        return KEY.matcher(name).matches();
    }
}
