package dev.flashvsr.deploy.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 over texts, each preceded by its length, so that no two different lists of texts give the same bytes. */
final class Digest {
    private final MessageDigest sha256;

    Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    Digest add(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        sha256.update((bytes.length + "\n").getBytes(UTF_8));
        sha256.update(bytes);
        return this;
    }

    Digest add(long number) {
        return add(Long.toString(number));
    }

    /** The number of texts first, then each. */
    Digest add(List<String> texts) {
        add(texts.size());
        texts.forEach(this::add);
        return this;
    }

    /** Lower-case hex; can be asked once. */
    String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
