package dev.flashvsr.deploy.box;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;

/** The box, or its host key, is there and not to be used: to try again by itself won't help, a person has to look. */
public final class LoginRefusedException extends DeployException {
    private static final long serialVersionUID = 1L;

    /** With what happened, and what to do. */
    public LoginRefusedException(String what, String next) {
        super(ExitCode.UNREACHABLE, what, next);
    }

    /** As above, with the technical cause. */
    public LoginRefusedException(String what, String next, Throwable cause) {
        super(ExitCode.UNREACHABLE, what, next, cause);
    }
}
