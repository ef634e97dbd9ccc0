package dev.flashvsr.deploy.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.hash.Sha256;
import java.util.List;

/** SHA-256 over texts, each preceded by its length, so that no two different lists of texts give the same bytes. */
final class Digest {
    private final Sha256 sha256 = new Sha256();

    Digest add(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        sha256.add((bytes.length + "\n").getBytes(UTF_8)).add(bytes);
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
        return sha256.hex();
    }
}
