package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.util.List;

/** A step that is needed is not selected, and not as wanted. */
public final class MissingNeedsException extends DeployException {
    private static final long serialVersionUID = 1L;

    private final String missing;

    /** {@code said} is what the check of the first says of it; may be empty. */
    MissingNeedsException(List<String> missing, String said) {
        super(
                ExitCode.FAILED,
                (missing.size() == 1 ? "A needed step is" : "Needed steps are") + " not selected and not as wanted: "
                        + listed(missing, said),
                "Select all steps, or add " + String.join(",", missing) + " to --only.");
        this.missing = listed(missing, said);
    }

    /** Which, and what is known of the first: the end of a sentence. */
    public String missing() {
        return missing;
    }

    private static String listed(List<String> missing, String said) {
        return String.join(", ", missing) + (said.isEmpty() ? "." : " (" + missing.get(0) + " says: " + said + ").");
    }
}
