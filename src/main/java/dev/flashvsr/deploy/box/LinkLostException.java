package dev.flashvsr.deploy.box;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;

/** The connection to the box broke, or no answer came in time. To connect again may help. */
public final class LinkLostException extends DeployException {
    private static final long serialVersionUID = 1L;

    /** With what broke, in one sentence. */
    public LinkLostException(String what) {
        super(ExitCode.UNREACHABLE, what, "Check the network and try again; what runs on the box goes on.");
    }

    /** As above, with the technical cause. */
    public LinkLostException(String what, Throwable cause) {
        super(ExitCode.UNREACHABLE, what, "Check the network and try again; what runs on the box goes on.", cause);
    }
}
