package dev.flashvsr.deploy.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.hash.Sha256;
import java.util.List;
import java.util.Optional;

/**
 * What a run keeps of a secret, so that a machine that does not hold it can find it in a text all the same.
 *
 * @param name of its variable
 * @param length in bytes
 * @param salt put in front of the value when it was hashed
 * @param sha256 of salt and value, lower-case hex
 */
public record SecretTrace(String name, int length, String salt, String sha256) {
    private static final int LONGEST = 4096;

    /** A line {@code NAME LENGTH SALT SHA256}, as the box keeps it; empty for anything else. */
    public static Optional<SecretTrace> parse(String line) {
        String[] words = line.strip().split(" ");
        if (words.length != 4 || !words[1].matches("[0-9]{1,4}") || !Sha256.isHex(words[3])) {
            return Optional.empty();
        }
        int length = Integer.parseInt(words[1]);
        return length > LONGEST ? Optional.empty() : Optional.of(new SecretTrace(words[0], length, words[2], words[3]));
    }

    /** All such lines of a text. */
    public static List<SecretTrace> parseAll(String text) {
        return text.lines().flatMap(line -> parse(line).stream()).toList();
    }

    /** Whether these bytes are the secret. */
    boolean matches(byte[] text, int offset) {
        return new Sha256()
                .add(salt.getBytes(UTF_8))
                .add(text, offset, length)
                .hex()
                .equals(sha256);
    }
}
