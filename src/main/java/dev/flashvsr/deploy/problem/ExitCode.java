package dev.flashvsr.deploy.problem;

/** The exit statuses of the command line, the same for every command. */
public enum ExitCode {
    /** Done. */
    OK(0),
    /** A step, the verification or the run failed, or this machine's own files can't be written. */
    FAILED(1),
    /** Wrong usage, or a playbook, environment or inventory file that does not hold. */
    USAGE(2),
    /** The box could not be reached or logged in to, or its host key is unknown or changed. */
    UNREACHABLE(3),
    /** The box fails a mandatory requirement, or can't be used at all. */
    UNFIT(4),
    /** Another run, with another plan, holds the box. */
    BUSY(5),
    /** The run goes on without us. */
    DETACHED(6),
    /** For {@code plan --detailed-exitcode}: there are changes to make. */
    CHANGES(10),
    /** Interrupted from the keyboard; the run on the box goes on. */
    INTERRUPTED(130);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    /** The process's exit status. */
    public int status() {
        return status;
    }
}
