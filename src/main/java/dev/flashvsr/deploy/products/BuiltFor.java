package dev.flashvsr.deploy.products;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.hash.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the file {@code built-for} of an entry says: a line for {@code sha256sum --check}, and then what the file was built for.
 *
 * @param sha256 of the file, 64 lower-case hex digits
 * @param file its name, which leads nowhere else
 * @param key SHA-256 of what it was built for, without the last line's end: the entry's own name
 */
record BuiltFor(String sha256, String file, String key) {
    static final String NAME = "built-for";
    static final int MAX_SIZE = 64 << 10;

    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TEXT =
            Pattern.compile("([0-9a-f]{64}) [ *]([A-Za-z0-9_][A-Za-z0-9._+-]{0,200})\n(.+?)\n*", Pattern.DOTALL);

    /** Empty where it does not hold. */
    static Optional<BuiltFor> parse(byte[] bytes) {
        if (bytes.length > MAX_SIZE) {
            return Optional.empty();
        }
        try {
            Matcher text = TEXT.matcher(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)));
            return text.matches() && !text.group(2).equals(NAME)
                    ? Optional.of(new BuiltFor(
                            text.group(1),
                            text.group(2),
                            Sha256.hex(text.group(3).getBytes(UTF_8))))
                    : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Whether this can be the name of an entry. */
    static boolean isKey(String name) {
        return KEY.matcher(name).matches();
    }
}
