package dev.flashvsr.deploy.box.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A file that is named as a key, and what it holds. Like OpenSSH it may hold the public half alone, of a key that the agent
 * has.
 *
 * @param kind what kind of file it is
 * @param key the public key, where it can be told without a passphrase
 */
record KeyFile(Path path, Kind kind, Optional<PublicKey> key) {
    private static final int LARGEST = 1 << 16;
    private static final String OPENSSH = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final String SSH2_PUBLIC = "---- BEGIN SSH2 PUBLIC KEY ----";
    private static final String PUTTY = "PuTTY-User-Key-File-";
    private static final String CONTAINER = "openssh-key-v1\0";

    enum Kind {
        /** There is no such file; the public half may lie beside it. */
        MISSING,
        /** It is a directory, or may not be read. */
        UNREADABLE,
        /** A public key. */
        PUBLIC,
        /** A private key in PuTTY's form. */
        PUTTY,
        /** Anything else: a private key in some other form, or none. */
        OTHER
    }

    static KeyFile read(Path path) {
        if (!Files.exists(path)) {
            return new KeyFile(path, Kind.MISSING, beside(path));
        }
        Optional<String> text = text(path);
        if (text.isEmpty()) {
            return new KeyFile(path, Kind.UNREADABLE, Optional.empty());
        }
        String content = text.get().strip();
        Optional<PublicKey> itself = content.startsWith(SSH2_PUBLIC) ? ofSsh2(content) : ofLines(content);
        if (itself.isPresent() || content.startsWith(SSH2_PUBLIC)) {
            return new KeyFile(path, Kind.PUBLIC, itself);
        }
        if (content.startsWith(PUTTY)) {
            return new KeyFile(path, Kind.PUTTY, Optional.empty());
        }
        Optional<PublicKey> within = content.startsWith(OPENSSH) ? ofContainer(content) : Optional.empty();
        return new KeyFile(path, Kind.OTHER, within.or(() -> beside(path)));
    }

    /** Where OpenSSH looks for this key's certificate by itself. */
    Path certificate() {
        String name = String.valueOf(path.getFileName()).replaceFirst("\\.pub$", "");
        return path.resolveSibling(name + "-cert.pub");
    }

    /** What the file is, when no private key came of it: the end of a sentence. */
    String whyUnusable() {
        if (key.filter(PublicKey::isOnToken).isPresent()) {
            return "its private key is in a hardware token (" + key.get().type() + "), which only an agent can use";
        }
        return switch (kind) {
            case MISSING ->
                key.isEmpty() ? "it does not exist" : "only its public half is here, and no agent has the key";
            case UNREADABLE -> "it can't be read";
            case PUBLIC -> "it holds a public key, and no agent has the private key of it";
            case PUTTY, OTHER -> "it holds no private key that can be read";
        };
    }

    /** What to do about it. */
    String remedy() {
        String add = "ssh-add " + withoutPub();
        if (key.filter(PublicKey::isOnToken).isPresent()) {
            return "Plug the token in and hand the key to your agent: " + add;
        }
        return switch (kind) {
            case MISSING ->
                key.isEmpty()
                        ? "Check the path given with --identity."
                        : "Hand it to the agent that has the private key.";
            case UNREADABLE -> "Check its owner and mode: chmod 600 " + path;
            case PUBLIC -> "Name the private key (" + withoutPub() + "?), or hand it to your agent: " + add;
            case PUTTY ->
                "The file may be cut off. Export it anew from PuTTYgen, or convert it: puttygen " + path
                        + " -O private-openssh -o " + path + ".openssh";
            case OTHER ->
                "Check that the file is whole and is the private key. A key in another format is converted by ssh-keygen -p -f "
                        + path;
        };
    }

    private String withoutPub() {
        return path.toString().replaceFirst("\\.pub$", "");
    }

    /** The public half that lies beside a private key. */
    private static Optional<PublicKey> beside(Path path) {
        return text(path.resolveSibling(path.getFileName() + ".pub")).flatMap(KeyFile::ofLines);
    }

    /** The key or certificate of a {@code .pub} file. */
    static Optional<PublicKey> publicKey(Path path) {
        return text(path).flatMap(KeyFile::ofLines);
    }

    private static Optional<PublicKey> ofLines(String text) {
        return text.lines()
                .map(line -> line.replace("\uFEFF", "").strip())
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .flatMap(PublicKey::ofLine);
    }

    private static Optional<PublicKey> ofSsh2(String text) {
        return bytes(text.lines()
                        .filter(line -> !line.startsWith("----") && !line.contains(":"))
                        .collect(Collectors.joining()))
                .flatMap(PublicKey::of);
    }

    /** OpenSSH's PROTOCOL.key: the public key stands before what a passphrase locks. */
    private static Optional<PublicKey> ofContainer(String text) {
        Optional<byte[]> bytes =
                bytes(text.lines().filter(line -> !line.startsWith("-----")).collect(Collectors.joining()));
        try {
            return bytes.flatMap(content -> {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                buffer.position(CONTAINER.length());
                PublicKey.string(buffer); // cipher
                PublicKey.string(buffer); // key derivation
                PublicKey.string(buffer); // its options
                buffer.getInt(); // number of keys
                return PublicKey.of(PublicKey.string(buffer));
            });
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> bytes(String base64) {
        try {
            return Optional.of(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Path path) {
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(path)) {
            return Optional.of(new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
