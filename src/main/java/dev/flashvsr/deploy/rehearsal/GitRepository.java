package dev.flashvsr.deploy.rehearsal;

import dev.flashvsr.deploy.hash.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A bare repository made by the real git: one commit with the wanted files, and a later one on the same branch, so that
 * whoever takes the branch and not the commit is found out. The same files give the same commits on every machine.
 *
 * @param name path below the served directory, such as {@code flashvsr.git}
 * @param commit the commit that has the files, 40 hex digits
 */
record GitRepository(String name, String commit) {
    private static final String WHO = "Stand-in <stand-in@rehearsal.invalid>";
    private static final long TIME = 1_767_225_600; // 2026-01-01, in seconds

    /** A submodule: its path in the repository, and the commit it is at. */
    record Submodule(String path, String commit) {}

    /** Makes the repository below {@code directory}, or takes the one that is there with just this content. */
    static GitRepository make(Path directory, String name, Map<String, byte[]> files, Optional<Submodule> submodule) {
        byte[] stream = fastImport(files, submodule);
        Path repository = directory.resolve(name);
        Path made = repository.resolve("made-from");
        try {
            String wanted = Sha256.hex(stream);
            if (!Files.exists(made) || !Files.readString(made).equals(wanted)) {
                Files.createDirectories(repository);
                GitTool.run(repository, new byte[0], "init", "-q", "--bare", ".");
                GitTool.run(repository, new byte[0], "symbolic-ref", "HEAD", "refs/heads/main");
                // Public hosts let a client ask for any commit by its name; so does this.
                GitTool.run(repository, new byte[0], "config", "uploadpack.allowAnySHA1InWant", "true");
                GitTool.run(repository, new byte[0], "config", "uploadpack.allowFilter", "true");
                GitTool.run(repository, stream, "fast-import", "--quiet", "--force");
                Files.writeString(made, wanted);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new GitRepository(name, GitTool.run(repository, new byte[0], "rev-parse", "main~1"));
    }

    private static byte[] fastImport(Map<String, byte[]> files, Optional<Submodule> submodule) {
        Stream out = new Stream();
        out.commit("Stand-in for a rehearsal", TIME);
        files.forEach((path, bytes) -> {
            out.line("M " + (path.endsWith(".sh") ? "100755" : "100644") + " inline " + path);
            out.data(bytes);
        });
        submodule.ifPresent(sub -> out.line("M 160000 " + sub.commit() + " " + sub.path()));
        out.commit("A later commit, which nothing should use", TIME + 60);
        out.line("M 100644 inline LATER");
        out.data(utf8("This commit is not the pinned one.\n"));
        return out.bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The input format of {@code git fast-import}. */
    private static final class Stream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        void line(String text) {
            bytes.writeBytes(utf8(text + "\n"));
        }

        void data(byte[] content) {
            line("data " + content.length);
            bytes.writeBytes(content);
            line("");
        }

        void commit(String message, long time) {
            line("commit refs/heads/main");
            line("committer " + WHO + " " + time + " +0000");
            data(utf8(message));
        }
    }
}
