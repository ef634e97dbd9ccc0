package dev.flashvsr.deploy.box.ssh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One entry of a known_hosts file: sshd(8), section SSH_KNOWN_HOSTS FILE FORMAT.
 *
 * @param marker {@code @revoked}, {@code @cert-authority}, or empty
 * @param hosts names, patterns or one hashed name
 * @param type of the key, as written; empty where the line ends before it
 * @param base64 the key, as written; empty where the line ends before it
 */
record KnownHostLine(String marker, String hosts, String type, String base64) {
    static final String REVOKED = "@revoked";
    static final String CERT_AUTHORITY = "@cert-authority";

    private static final Pattern BITS_OF_SSH_1 = Pattern.compile("[0-9]{3,5}");

    /** Empty for comments and for keys of SSH 1. A line whose key can't be read is an entry without {@link #key()}. */
    static Optional<KnownHostLine> parse(String line) {
        String[] words = line.strip().split("\\s+");
        int first = words[0].startsWith("@") ? 1 : 0;
        if (words[0].isEmpty() || words[0].startsWith("#") || words.length <= first) {
            return Optional.empty();
        }
        String type = words.length > first + 1 ? words[first + 1] : "";
        if (BITS_OF_SSH_1.matcher(type).matches()) {
            return Optional.empty();
        }
        String key = words.length > first + 2 ? words[first + 2] : "";
        return Optional.of(new KnownHostLine(first == 0 ? "" : words[0], words[first], type, key));
    }

    /** The key; empty when the line is cut off or damaged. */
    Optional<PublicKey> key() {
        return PublicKey.decode(type, base64);
    }

    /**
     * The line when this host has another key from now on: without its name where there are more, empty where there is no
     * other. A pattern that covers other hosts as well stays for those, with this host taken out of it.
     */
    static Optional<String> without(String line, String name) {
        Optional<KnownHostLine> parsed =
                parse(line).filter(known -> known.marker().isEmpty() && known.matches(name));
        if (parsed.isEmpty()) {
            return Optional.of(line);
        }
        String hosts = parsed.get().hosts();
        List<String> others = hosts.startsWith("|1|")
                ? List.of()
                : Arrays.stream(hosts.split(","))
                        .filter(pattern -> !pattern.equalsIgnoreCase(name))
                        .toList();
        if (others.stream().allMatch(pattern -> pattern.startsWith("!"))) {
            return Optional.empty();
        }
        String left = String.join(",", others);
        boolean covered = new KnownHostLine("", left, "", "").matches(name);
        return Optional.of(
                line.replaceFirst(Pattern.quote(hosts), Matcher.quoteReplacement(covered ? left + ",!" + name : left)));
    }

    /** Whether it speaks of this host; {@code name} is {@code host}, or {@code [host]:port} for a port other than 22. */
    boolean matches(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        if (hosts.startsWith("|1|")) {
            return matchesHash(wanted);
        }
        boolean matched = false;
        for (String pattern : hosts.toLowerCase(Locale.ROOT).split(",")) {
            boolean not = pattern.startsWith("!");
            if (glob(not ? pattern.substring(1) : pattern).matcher(wanted).matches()) {
                if (not) {
                    return false;
                }
                matched = true;
            }
        }
        return matched;
    }

    private boolean matchesHash(String name) {
        String[] parts = hosts.split("\\|");
        if (parts.length != 4) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
            byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
            return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString());
    }
}
