package dev.flashvsr.deploy.transfer;

import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.box.Said;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.util.OptionalInt;

/** Says why a file did not get to a box, and what to do about it. */
record UploadFailures(String box, LocalFile file, String path) {
    private static final int CUT_OFF = 75;

    /** The box named a reason; untrusted text. */
    DeployException refused(String reason) {
        String next = reason.contains("No space left") || reason.contains("quota exceeded")
                ? "Make room on the disk that holds it, and try again: it goes on with what has arrived."
                : "Look at that directory and its permissions on the box, and try again.";
        return failed("Can't write " + path + " on " + box + ": " + Said.line(reason), next);
    }

    /** The whole file there is not the one that was meant. */
    DeployException wrong() {
        return failed(
                "What arrived on " + box + " as " + path + " is not " + file.path()
                        + " as it was: it changed while it was sent, or the disk there does not keep what is written.",
                "Wait until nothing writes to the file, and try again.");
    }

    /** An answer that the script does not give; untrusted text. */
    DeployException strange(String line) {
        return failed("While " + file.path() + " was sent, " + box + " said: " + Said.line(line), "Try again.");
    }

    /** The script ended before it had said all. */
    DeployException ended(OptionalInt status, String error) {
        if (status.isEmpty() || status.getAsInt() == CUT_OFF) {
            return lost(new java.io.IOException("it ended in the middle"));
        }
        String said = Said.line(error);
        return failed(
                "On " + box + " what writes " + path + " ended with status " + status.getAsInt()
                        + (said.isEmpty() ? "." : " and said: " + said),
                "Look for a full memory or a limit on processes on the box, and try again.");
    }

    LinkLostException lost(java.io.IOException cause) {
        return new LinkLostException(
                "The connection to " + box + " broke while " + file.path() + " was sent: "
                        + Said.line(String.valueOf(cause.getMessage())),
                cause);
    }

    LinkLostException stalled(long seconds) {
        return new LinkLostException(box + " took no more of " + file.path() + " for " + seconds + " s.");
    }

    private static DeployException failed(String what, String next) {
        return new DeployException(ExitCode.FAILED, what, next);
    }
}
