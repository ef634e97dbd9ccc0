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
 * @param key the key's bytes as they go over the wire
 */
record KnownHostLine(String marker, String hosts, byte[] key) {
    static final String REVOKED = "@revoked";

    /** Empty for comments and for lines that don't hold: one bad line must not hide the others. */
    static Optional<KnownHostLine> parse(String line) {
        String[] words = line.strip().split("\\s+");
        int first = words[0].startsWith("@") ? 1 : 0;
        if (words[0].startsWith("#") || words.length < first + 3) {
            return Optional.empty();
        }
        try {
            byte[] key = Base64.getDecoder().decode(words[first + 2]);
            return Optional.of(new KnownHostLine(first == 0 ? "" : words[0], words[first], key));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
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
        boolean covered = new KnownHostLine("", left, parsed.get().key()).matches(name);
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
