package dev.flashvsr.deploy.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Secrets of which only their traces are known. Traces of one salt and length cost one hash a place, however many they are. */
final class TraceIndex {
    /** Hashes tried for one line: well below a second. */
    private static final int MOST_HASHES = 100_000;

    private record Kind(String salt, int length) {}

    /** What has this length, hashed behind this salt. */
    private record Group(int length, MessageDigest salted, Set<ByteBuffer> hashes) {
        boolean has(byte[] text, int offset) {
            try {
                MessageDigest digest = (MessageDigest) salted.clone();
                digest.update(text, offset, length);
                return hashes.contains(ByteBuffer.wrap(digest.digest()));
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException("Java's own SHA-256 can be cloned", e);
            }
        }
    }

    private final List<Group> groups = new ArrayList<>();

    TraceIndex(Collection<SecretTrace> traces) {
        Map<Kind, Set<ByteBuffer>> kinds = new LinkedHashMap<>();
        traces.forEach(trace -> kinds.computeIfAbsent(new Kind(trace.salt(), trace.length()), kind -> new HashSet<>())
                .add(ByteBuffer.wrap(HexFormat.of().parseHex(trace.sha256()))));
        kinds.forEach((kind, hashes) -> groups.add(new Group(kind.length(), salted(kind.salt()), hashes)));
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    /** Whether a text of so many bytes would take too long. */
    boolean isTooMuch(int bytes) {
        long hashes = 0;
        for (Group group : groups) {
            hashes += Math.max(0, bytes - group.length() + 1);
        }
        return hashes > MOST_HASHES;
    }

    /** Which bytes belong to a secret. */
    BitSet find(byte[] text) {
        BitSet found = new BitSet(text.length);
        for (Group group : groups) {
            for (int at = 0; at + group.length() <= text.length; at++) {
                if (group.has(text, at)) {
                    found.set(at, at + group.length());
                }
            }
        }
        return found;
    }

    private static MessageDigest salted(String salt) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt.getBytes(UTF_8));
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
