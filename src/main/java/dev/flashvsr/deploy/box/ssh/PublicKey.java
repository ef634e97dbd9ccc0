package dev.flashvsr.deploy.box.ssh;

import dev.flashvsr.deploy.hash.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A public key or an OpenSSH certificate, in the form in which it goes over the wire: RFC 4253, section 6.6, and OpenSSH's
 * PROTOCOL.certkeys.
 *
 * @param type the name that the bytes begin with
 * @param blob all bytes; those of a key are checked to be complete
 */
record PublicKey(String type, byte[] blob) {
    private static final String CERTIFICATE = "-cert-v01@openssh.com";
    private static final int ED25519_BYTES = 32;
    private static final int SHORTEST_RSA = 64;

    /** How many strings make up a key, with its type. */
    private static final Map<String, Integer> PARTS = Map.of(
            "ssh-ed25519", 2,
            "ssh-rsa", 3,
            "ssh-dss", 5,
            "ecdsa-sha2-nistp256", 3,
            "ecdsa-sha2-nistp384", 3,
            "ecdsa-sha2-nistp521", 3,
            "sk-ssh-ed25519@openssh.com", 3,
            "sk-ecdsa-sha2-nistp256@openssh.com", 4);

    private static final Map<String, Integer> POINT_BYTES =
            Map.of("ecdsa-sha2-nistp256", 65, "ecdsa-sha2-nistp384", 97, "ecdsa-sha2-nistp521", 133);

    /** The key or certificate in these bytes; empty when they are cut off or hold something else. */
    static Optional<PublicKey> of(byte[] blob) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(blob);
            PublicKey key = new PublicKey(text(string(bytes)), blob);
            boolean complete = key.isCertificate() ? key.certified().isPresent() : key.isComplete();
            return complete ? Optional.of(key) : Optional.empty();
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    /** The key in a line of a {@code .pub} or {@code known_hosts} file; empty also when the type is not that of the key. */
    static Optional<PublicKey> decode(String type, String base64) {
        try {
            return of(Base64.getDecoder().decode(base64))
                    .filter(key -> key.type().equals(type));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The key that a {@code .pub} file holds: its type, base64 and a comment. */
    static Optional<PublicKey> ofLine(String text) {
        String[] words = text.strip().split("\\s+", 3);
        return words.length < 2 ? Optional.empty() : decode(words[0], words[1]);
    }

    private boolean isComplete() {
        List<byte[]> parts = parts(ByteBuffer.wrap(blob));
        if (parts.size() < 2 || parts.size() != PARTS.getOrDefault(type, parts.size())) {
            return false;
        }
        return switch (type) {
            case "ssh-ed25519", "sk-ssh-ed25519@openssh.com" -> parts.get(1).length == ED25519_BYTES;
            case "ssh-rsa" -> parts.get(2).length >= SHORTEST_RSA;
            case "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521" ->
                type.endsWith(text(parts.get(1))) && parts.get(2).length == POINT_BYTES.getOrDefault(type, 0);
            default -> true;
        };
    }

    /** All strings up to the end; none when the last one is cut off. */
    private static List<byte[]> parts(ByteBuffer bytes) {
        List<byte[]> parts = new ArrayList<>();
        try {
            while (bytes.hasRemaining()) {
                parts.add(string(bytes));
            }
        } catch (BufferUnderflowException e) {
            return List.of();
        }
        return parts;
    }

    /** Whether a certificate authority vouches for the key in it. */
    boolean isCertificate() {
        return type.endsWith(CERTIFICATE);
    }

    /** Whether the private key lies in a hardware token (FIDO). */
    boolean isOnToken() {
        return type.startsWith("sk-");
    }

    /** The type of a certificate's key, or of its signature algorithm's; any other type stays as it is. */
    static String plainType(String type) {
        if (!type.endsWith(CERTIFICATE)) {
            return type;
        }
        String plain = type.substring(0, type.length() - CERTIFICATE.length());
        return plain.startsWith("sk-") ? plain + "@openssh.com" : plain;
    }

    /** The key that a certificate is for. */
    Optional<PublicKey> certified() {
        String plain = plainType(type);
        try {
            ByteBuffer bytes = afterNonce();
            ByteArrayOutputStream key = new ByteArrayOutputStream();
            put(key, plain.getBytes(StandardCharsets.US_ASCII));
            for (int i = 1; i < PARTS.getOrDefault(plain, 0); i++) {
                put(key, string(bytes));
            }
            return isCertificate() && PARTS.containsKey(plain) ? of(key.toByteArray()) : Optional.empty();
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    /** When a certificate ends; empty for one without an end, and for a key. */
    Optional<Instant> validBefore() {
        try {
            ByteBuffer bytes = afterNonce();
            for (int i = 1; i < PARTS.getOrDefault(plainType(type), 0); i++) {
                string(bytes);
            }
            bytes.getLong(); // serial number
            bytes.getInt(); // user or host
            string(bytes); // its name
            string(bytes); // users or hosts
            bytes.getLong(); // valid after
            long before = bytes.getLong();
            return isCertificate() && before > 0 ? Optional.of(Instant.ofEpochSecond(before)) : Optional.empty();
        } catch (BufferUnderflowException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private ByteBuffer afterNonce() {
        ByteBuffer bytes = ByteBuffer.wrap(blob);
        string(bytes);
        string(bytes);
        return bytes;
    }

    boolean isSame(PublicKey other) {
        return Arrays.equals(blob, other.blob);
    }

    /** As OpenSSH prints it: of a certificate, that of its key. */
    String fingerprint() {
        return fingerprint(certified().map(PublicKey::blob).orElse(blob));
    }

    /** As OpenSSH prints it. */
    static String fingerprint(byte[] key) {
        return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(Sha256.of(key));
    }

    /** A string with its length before it: RFC 4251, section 5. */
    static byte[] string(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] string = new byte[length];
        bytes.get(string);
        return string;
    }

    private static void put(ByteArrayOutputStream out, byte[] string) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(string.length).array());
        out.writeBytes(string);
    }

    private static String text(byte[] ascii) {
        return new String(ascii, StandardCharsets.US_ASCII);
    }
}
