package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A check of what a box says of its run: events of steps that nobody planned are passed over, and events without end are no run.
 * A step of another plan counts from when the runner says that it took it over.
 */
final class EventFilter {
    /** A step is tried 101 times at the most, with three events each time, and decided a few times more. */
    private static final int MOST_OF_A_STEP = 2_000;

    /** As many as a playbook can have. */
    private static final int MOST_FOREIGN = 500;

    private static final int LONGEST_ID = 64;

    private final Set<String> planned;
    private final Set<String> foreign = new HashSet<>();
    private final Map<String, Integer> heard = new HashMap<>();

    EventFilter(Set<String> planned) {
        this.planned = Set.copyOf(planned);
    }

    /**
     * Whether it is to be told.
     *
     * @throws DeployException exit 4 when there are more than any run has
     */
    boolean accepts(EventLine line) {
        String step = line.step().orElse("");
        if (!step.isEmpty() && !planned.contains(step) && !isForeign(line, step)) {
            return false;
        }
        if (heard.merge(step, 1, Integer::sum) > MOST_OF_A_STEP) {
            throw tooMuch("more events than any run has");
        }
        return true;
    }

    private boolean isForeign(EventLine line, String step) {
        if (line.type().equals("taken-over") && step.length() <= LONGEST_ID) {
            foreign.add(step);
        }
        if (foreign.size() > MOST_FOREIGN) {
            throw tooMuch("more steps of other plans than any box has");
        }
        return foreign.contains(step);
    }

    static DeployException tooMuch(String what) {
        return new DeployException(
                ExitCode.UNFIT,
                "The box tells of " + what + ": what it says of its run can't be followed.",
                "Look on the box at the newest directory in .deploy/runs for what writes there.");
    }
}
