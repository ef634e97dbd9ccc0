package dev.flashvsr.deploy.hash;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 in the making. Hex digits are 64, in lower case. */
public final class Sha256 {
    /** In pieces of this size the JVM soon hashes by the processor's own instructions; one large piece stays interpreted. */
    private static final int PIECE = 1 << 16;

    private static final int HEX_DIGITS = 64;

    private final MessageDigest digest;

    /** Of nothing so far. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The hash of these bytes, 32 bytes. */
    public static byte[] of(byte[] bytes) {
        return new Sha256().add(bytes).digest.digest();
    }

    /** The hash of these bytes in hex. */
    public static String hex(byte[] bytes) {
        return new Sha256().add(bytes).hex();
    }

    /** Whether a text is 64 hex digits in lower case. */
    public static boolean isHex(String text) {
        return text.length() == HEX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    /** Adds bytes. */
    public Sha256 add(byte[] bytes) {
        return add(bytes, 0, bytes.length);
    }

    /** Adds {@code length} bytes from {@code offset} on. */
    public Sha256 add(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        return this;
    }

    /** Adds what is left of a stream, and returns how many bytes that was. */
    public long addAll(InputStream in) throws IOException {
        byte[] piece = new byte[PIECE];
        long size = 0;
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            digest.update(piece, 0, read);
            size += read;
        }
        return size;
    }

    /** The hash in hex; can be asked once. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
