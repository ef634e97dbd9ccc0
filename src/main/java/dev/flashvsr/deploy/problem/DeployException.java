package dev.flashvsr.deploy.problem;

import java.util.Optional;

/**
 * The root of everything that can go wrong for a user: what happened and where (the message), what to do next, and the
 * exit status that it means. Only the command line prints it and ends the process.
 */
public class DeployException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String next;

    /** With {@code what} and where in one sentence, and {@code next}: what the user can do (empty: nothing to say). */
    public DeployException(ExitCode exitCode, String what, String next) {
        super(what);
        this.exitCode = exitCode;
        this.next = next;
    }

    /** As above, with the technical cause, which is shown with {@code -v} only. */
    public DeployException(ExitCode exitCode, String what, String next, Throwable cause) {
        super(what, cause);
        this.exitCode = exitCode;
        this.next = next;
    }

    /** The exit status that this failure means. */
    public ExitCode exitCode() {
        return exitCode;
    }

    /** What to do next, in one or more sentences. */
    public Optional<String> next() {
        return next.isEmpty() ? Optional.empty() : Optional.of(next);
    }
}
