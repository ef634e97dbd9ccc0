package dev.flashvsr.deploy.box;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.nio.charset.StandardCharsets;

/**
 * What a script answered.
 *
 * @param status its exit status
 * @param output its standard output, exactly
 * @param errorTail the end of its standard error; untrusted text
 */
public record Answer(int status, byte[] output, String errorTail) {
    /** The status of a script that trusts its root directory no more than sshd would: trust.sh. */
    private static final int UNTRUSTED = 78;

    /** The output read as UTF-8; untrusted text. */
    public String text() {
        return new String(output, StandardCharsets.UTF_8);
    }

    /** The output as entries; {@link DeployException} with exit status 4 when it is none. */
    public Entries entries() {
        return Entries.parse(output);
    }

    /**
     * Holds that the script took the root directory for the user's own.
     *
     * @throws DeployException exit status 4 when another user of the box could have made what lies there
     */
    public void expectTrusted(String task) {
        if (status == UNTRUSTED) {
            throw new DeployException(
                    ExitCode.UNFIT,
                    "Can't " + task + ": " + Said.line(errorTail) + ". Nothing there was read or run.",
                    """
                    Name a directory of your own with --set root=/an/absolute/path. If what lies there is yours, and nobody else \
                    has changed it, make that so on the box: chown it to the user you log in as, and take the right to write \
                    from others (chmod -R go-w).""");
        }
    }

    /**
     * Returns this if the status is 0.
     *
     * @throws DeployException exit status 4 when another user of the box could have made what lies at the root, else 1; it
     *     says what {@code task} failed of
     */
    public Answer expectOk(String task) {
        if (status == 0) {
            return this;
        }
        expectTrusted(task);
        String said = Said.line(errorTail.isBlank() ? text() : errorTail);
        throw new DeployException(
                ExitCode.FAILED,
                "Can't " + task + ": the box answered with status " + status
                        + (said.isEmpty() ? "" : " and said: " + said),
                "Look at the box by hand, or try again.");
    }
}
