package dev.flashvsr.deploy.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.hash.Sha256;
import dev.flashvsr.deploy.progress.LineAssembler;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a run keeps of a secret, so that a machine that does not hold it can find it in a text all the same.
 *
 * @param name of its variable
 * @param length in bytes
 * @param salt put in front of the value when it was hashed
 * @param sha256 of salt and value, lower-case hex
 */
public record SecretTrace(String name, int length, String salt, String sha256) {
    /** A longer one does not fit a line that is shown. */
    private static final int LONGEST = LineAssembler.LIMIT;

    private static final Pattern LINE =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]{0,63}) ([0-9]{1,4}) ([0-9A-Za-z]{1,64}) ([0-9a-f]{64})");

    /** A line {@code NAME LENGTH SALT SHA256}, as the box keeps it; empty for anything else. */
    public static Optional<SecretTrace> parse(String line) {
        Matcher words = LINE.matcher(line.strip());
        if (!words.matches()) {
            return Optional.empty();
        }
        int length = Integer.parseInt(words.group(2));
        return length > LONGEST
                ? Optional.empty()
                : Optional.of(new SecretTrace(words.group(1), length, words.group(3), words.group(4)));
    }

    /**
     * Those of a secret: of the whole, and of each line of one that has several; all have the same salt.
     *
     * @param salt hex digits that nobody can foretell
     */
    public static List<SecretTrace> of(String name, Secret secret, String salt) {
        return Stream.concat(Stream.of(secret.reveal()), Forms.lines(secret.reveal()).stream())
                .map(text -> text.getBytes(UTF_8))
                .map(bytes -> new SecretTrace(name, bytes.length, salt, hash(salt, bytes)))
                .toList();
    }

    /** As the box keeps it. */
    public String line() {
        return name + " " + length + " " + salt + " " + sha256;
    }

    /** All such lines of a text. */
    public static List<SecretTrace> parseAll(String text) {
        return text.lines().flatMap(line -> parse(line).stream()).toList();
    }

    private static String hash(String salt, byte[] secret) {
        return new Sha256().add(salt.getBytes(UTF_8)).add(secret).hex();
    }
}
