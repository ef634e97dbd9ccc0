package dev.flashvsr.deploy.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.file.PrivateFiles;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.FileTrouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import java.util.UUID;

/** Writes what is kept, so that a file is either the old one or the whole new one. */
public final class ReportFile {
    private ReportFile() {}

    /**
     * Writes UTF-8 beside the file and renames it. What is no plain file, such as {@code /dev/stdout} or a link, is written
     * to as it is.
     *
     * @param option the option that named the file, such as {@code --html}
     * @throws DeployException exit 1, if it can't be written
     */
    public static void write(Path file, String text, String option) {
        write(file, text, option, new FileAttribute<?>[0]);
    }

    /** Writes, as {@link #write}, a file that only its owner can read. */
    public static void writePrivate(Path file, String text, String option) {
        write(file, text, option, PrivateFiles.forFile());
    }

    private static void write(Path file, String text, String option, FileAttribute<?>... attributes) {
        try {
            refuse(file, option);
            PrivateFiles.refuseOthersLink(file);
            if (Files.exists(file) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.writeString(file, text);
                return;
            }
            replace(file.toAbsolutePath(), text, attributes);
        } catch (IOException e) {
            throw unwritten(file, option, FileTrouble.why(file, e), e);
        }
    }

    /**
     * Whether it can be written, as far as that can be told without writing.
     *
     * @throws DeployException exit 1, if it can't
     */
    public static void check(Path file, String option) {
        try {
            refuse(file, option);
            Path dir = file.toAbsolutePath().getParent();
            if (dir == null || !Files.isDirectory(dir)) {
                throw new NoSuchFileException(file.toString());
            }
            if (!Files.isWritable(Files.exists(file) && !Files.isRegularFile(file) ? file : dir)) {
                throw new AccessDeniedException(file.toString());
            }
        } catch (IOException e) {
            throw unwritten(file, option, FileTrouble.why(file, e), e);
        }
    }

    private static void refuse(Path file, String option) {
        if (Files.isDirectory(file)) {
            String why = "it is a directory";
            throw unwritten(file, option, why, new FileSystemException(file.toString(), null, why));
        }
    }

    private static DeployException unwritten(Path file, String option, String why, IOException cause) {
        return new DeployException(
                ExitCode.FAILED,
                file + " can't be written: " + why + ".",
                "Give " + option + " a file in a directory that exists and can be written.",
                cause);
    }

    /** By a name that nobody can have foretold, and only where nothing is there yet. */
    private static void replace(Path file, String text, FileAttribute<?>... attributes) throws IOException {
        Path part = file.resolveSibling("." + UUID.randomUUID() + ".part");
        try {
            try (SeekableByteChannel channel = Files.newByteChannel(
                    part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
