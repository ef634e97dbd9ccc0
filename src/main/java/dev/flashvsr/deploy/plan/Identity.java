package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.playbook.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What makes two plans the same: what they do, not why, how long it takes, or what is forecast. */
final class Identity {
    private Identity() {}

    /**
     * SHA-256 hex over root, the steps in order with needs (among them), locks, limits, fingerprint and script hash, and
     * which are forced.
     */
    static String of(Optional<String> root, List<PlannedStep> steps) {
        Digest digest = new Digest().add("plan 1").add(root.orElse("")).add(steps.size());
        Set<String> selected = steps.stream().map(PlannedStep::id).collect(Collectors.toSet());
        for (PlannedStep planned : steps) {
            Step step = planned.step();
            digest.add(step.id())
                    .add(step.needs().stream()
                            .filter(selected::contains)
                            .sorted()
                            .toList())
                    .add(step.locks().stream().sorted().toList())
                    .add(step.timeout().orElse(Duration.ZERO).toMillis())
                    .add(step.checkTimeout().toMillis())
                    .add(step.logLimit())
                    .add(step.retries().max())
                    .add(step.retries().backoff().toMillis())
                    .add(planned.fingerprint())
                    .add(planned.scriptHash())
                    .add(planned.force() ? 1 : 0);
        }
        return digest.hex();
    }
}
