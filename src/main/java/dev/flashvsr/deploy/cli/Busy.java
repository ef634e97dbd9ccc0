package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.plan.Holder;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;

/** The refusal of a command because of who holds the box. */
final class Busy {
    /** What a removal names as its plan. */
    private static final String CLEAN = "clean";

    private Busy() {}

    /** Whether that is no run that could be followed, but a removal. */
    static boolean isClean(Holder holder) {
        return holder.plan().equals(CLEAN);
    }

    static DeployException byAnotherPlan(Holder holder, Connection connection) {
        return by(holder, "a run with another plan", connection);
    }

    /** {@code as}: what a run is to the command, such as {@code a run with another plan}. */
    static DeployException by(Holder holder, String as, Connection connection) {
        return new DeployException(
                ExitCode.BUSY,
                connection.target() + " is held by "
                        + (isClean(holder) ? "'clean', which removes what was made there" : as) + ": "
                        + holder.run() + ", started by " + holder.who() + " on " + holder.from()
                        + holder.since().map(since -> " at " + since).orElse("") + ".",
                (isClean(holder)
                                ? "Wait for its end"
                                : "Follow it with '" + connection.hints().attach() + "'") + ", or end it with '"
                        + connection.hints().cancel() + "'.");
    }
}
