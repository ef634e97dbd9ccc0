package dev.flashvsr.deploy.problem;

import java.util.List;

/** What the user wrote does not hold; the message lists every problem with its place. */
public final class ProblemsException extends DeployException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    ProblemsException(String message, List<Problem> problems) {
        super(ExitCode.USAGE, message, "");
        this.problems = problems;
    }

    /** The problems one by one. */
    public List<Problem> problems() {
        return problems;
    }
}
