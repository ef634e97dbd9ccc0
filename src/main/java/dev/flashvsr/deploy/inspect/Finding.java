package dev.flashvsr.deploy.inspect;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.probe.Output;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import java.util.List;

/**
 * How one requirement stands on one box.
 *
 * @param verdict a FAIL that a step of the playbook mends is a WARN with that step in {@code curedBy}
 * @param says what was found
 * @param curedBy steps of the playbook that mend it
 * @param evidence what the probes printed that it was judged by
 */
public record Finding(
        Requirement requirement, Verdict verdict, Wording says, List<String> curedBy, List<Output> evidence) {
    /** Keeps copies. */
    public Finding {
        curedBy = List.copyOf(curedBy);
        evidence = List.copyOf(evidence);
    }

    /** Whether it is not met yet, and steps of the playbook mend it. */
    public boolean isMended() {
        return verdict == Verdict.WARN && !curedBy.isEmpty();
    }
}
