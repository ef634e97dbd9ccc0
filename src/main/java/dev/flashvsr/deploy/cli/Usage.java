package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.plan.Selection;
import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.util.List;
import java.util.Optional;

/** What several commands say about their words. */
final class Usage {
    static final String TARGET =
            "The box: local, a name in env/boxes.yaml, an alias of ~/.ssh/config, or [user@]host[:port].";

    private Usage() {}

    /** Exit 2 unless the playbook has this step. */
    static void knownStep(Work work, String option, String step) {
        Selection.mustBeKnown(
                option,
                List.of(step),
                work.playbook().steps().stream().map(Step::id).toList());
    }

    static String target(Optional<String> given) {
        return given.orElseThrow(() -> new DeployException(
                ExitCode.USAGE,
                "No box was named.",
                "Name the target, such as root@203.0.113.7:40022, or give --offline."));
    }
}
