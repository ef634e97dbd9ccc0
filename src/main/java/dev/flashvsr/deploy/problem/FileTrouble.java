package dev.flashvsr.deploy.problem;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Why a file of this machine can't be written, in words for a person. */
public final class FileTrouble {
    private FileTrouble() {}

    /**
     * The reason. Where it is one of the file system, such as no space, its kind and place stand behind it: it may be a small
     * one of its own, or lie on another machine.
     */
    public static String why(Path file, IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such directory";
        } else if (e instanceof AccessDeniedException) {
            return "this user may not write there";
        }
        return reason(e)
                + MountTable.ofThisMachine()
                        .holding(realPath(file))
                        .map(mount -> " (" + mount.type() + " at " + mount.place() + ")")
                        .orElse("");
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException file) {
            return file.getReason() != null
                    ? file.getReason()
                    : e.getClass().getSimpleName().replace("Exception", "");
        }
        return String.valueOf(e.getMessage());
    }

    private static Path realPath(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }
}
