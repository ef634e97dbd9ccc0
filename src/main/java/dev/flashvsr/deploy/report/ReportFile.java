package dev.flashvsr.deploy.report;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.FileTrouble;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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
        try {
            refuse(file, option);
            if (Files.exists(file) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.writeString(file, text);
                return;
            }
            replace(file.toAbsolutePath(), text);
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

    private static void replace(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
