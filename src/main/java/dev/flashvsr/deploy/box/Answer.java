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
    /** The output read as UTF-8; untrusted text. */
    public String text() {
        return new String(output, StandardCharsets.UTF_8);
    }

    /** The output as entries; {@link DeployException} with exit status 4 when it is none. */
    public Entries entries() {
        return Entries.parse(output);
    }

    /** This, if the status is 0; else {@link DeployException} with exit status 1 that says what {@code task} failed of. */
    public Answer expectOk(String task) {
        if (status == 0) {
            return this;
        }
        String said = Said.line(errorTail.isBlank() ? text() : errorTail);
        throw new DeployException(
                ExitCode.FAILED,
                "Can't " + task + ": the box answered with status " + status
                        + (said.isEmpty() ? "" : " and said: " + said),
                "Look at the box by hand, or try again.");
    }
}
