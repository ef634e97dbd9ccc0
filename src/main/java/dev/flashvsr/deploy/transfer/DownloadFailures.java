package dev.flashvsr.deploy.transfer;

import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.box.Said;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Says why a file did not come from a box, and what to do about it. */
record DownloadFailures(String box, String path, Path target) {
    /** The box named a reason; untrusted text. */
    DeployException refused(String reason) {
        return failed(
                "Can't fetch " + path + " of " + box + ": " + Said.line(reason),
                "Look at it and its permissions on the box, and try again.");
    }

    DeployException large(long limit) {
        return failed(
                "Can't fetch " + path + " of " + box + ": it has more than the " + limit + " bytes that are taken.",
                "Look at it on the box.");
    }

    /** An answer that the script does not give; untrusted text. */
    DeployException strange(String line) {
        return failed("When " + path + " was to be fetched, " + box + " said: " + Said.line(line), "Try again.");
    }

    DeployException tooMuch(long size) {
        return failed(box + " sent more of " + path + " than the " + size + " bytes that it had said.", "Try again.");
    }

    DeployException wrong() {
        return failed(
                "What came from " + box + " is not " + path + " as it was: it changed while it was sent. Nothing of it"
                        + " was kept.",
                "Wait until nothing writes to the file, and try again.");
    }

    /** The script ended before it had sent all. */
    DeployException ended(OptionalInt status, String error) {
        if (status.isEmpty()) {
            return lost(new IOException("it ended in the middle"));
        }
        String said = Said.line(error);
        return failed(
                "What sends " + path + " on " + box + " ended early, with status " + status.getAsInt()
                        + (said.isEmpty() ? "." : " and said: " + said),
                "Try again: it goes on with what has arrived.");
    }

    LinkLostException lost(IOException cause) {
        return new LinkLostException(
                "The connection to " + box + " broke while " + path + " was fetched: "
                        + Said.line(String.valueOf(cause.getMessage())),
                cause);
    }

    LinkLostException stalled(long seconds) {
        return new LinkLostException(box + " sent no more of " + path + ", or next to nothing, for " + seconds + " s.");
    }

    DeployException unwritable(IOException cause) {
        return new DeployException(
                ExitCode.FAILED,
                "Can't write " + target + " on this machine: " + cause.getMessage(),
                "Make room or make it writable, and try again.",
                cause);
    }

    private static DeployException failed(String what, String next) {
        return new DeployException(ExitCode.FAILED, what, next);
    }
}
