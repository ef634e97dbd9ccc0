package dev.flashvsr.deploy.yaml;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads one file of one YAML document. */
public final class YamlDocument {
    /** The largest file that is read, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    private YamlDocument() {}

    /**
     * The document's value, every scalar as text. What is wrong with it goes to {@code problems}; empty if it is so
     * broken that nothing can be read, or if there is nothing in it.
     *
     * @throws DeployException with {@link ExitCode#USAGE} if the file can't be read
     */
    public static Optional<YamlNode> load(Path file, Problems problems) {
        return read(file.toString(), bytes(file), problems);
    }

    /** As {@link #load}, of the content of a file that messages call {@code name}. */
    public static Optional<YamlNode> read(String name, byte[] bytes, Problems problems) {
        return SourceText.decode(name, bytes, problems)
                .flatMap(text -> YamlComposer.compose(new Source(name, text), text, problems));
    }

    /**
     * As {@link #load}, of a file that is part of the program itself.
     *
     * @param name where it lies on the class path, from the root: {@code /dev/flashvsr/…}
     */
    public static Optional<YamlNode> resource(String name, Problems problems) {
        try (InputStream in = YamlDocument.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its part " + name);
            }
            return SourceText.decode(name, in.readNBytes(MAX_BYTES + 1), problems)
                    .flatMap(text -> YamlComposer.compose(new Source(name, text), text, problems));
        } catch (IOException e) {
            throw new IllegalStateException("the program can't read its part " + name, e);
        }
    }

    /** One byte more than allowed at most, whatever the file is. */
    private static byte[] bytes(Path file) {
        if (Files.isDirectory(file)) {
            throw unreadable(file, "it is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException missing) {
            throw unreadable(file, "there is no such file");
        } catch (AccessDeniedException denied) {
            throw unreadable(file, "permission denied");
        } catch (IOException e) {
            throw new DeployException(ExitCode.USAGE, file + " can't be read: " + e.getMessage(), "Check the file.", e);
        }
    }

    private static DeployException unreadable(Path file, String why) {
        return new DeployException(
                ExitCode.USAGE, file + " can't be read: " + why + ".", "Check the path and its permissions.");
    }
}
