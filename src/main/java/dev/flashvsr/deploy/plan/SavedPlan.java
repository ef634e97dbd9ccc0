package dev.flashvsr.deploy.plan;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan as it was saved: what {@code up --plan} holds a fresh one against.
 *
 * @param playbook its name
 * @param root absolute path on the box; empty: it was made without a box
 * @param identity SHA-256 hex
 * @param boxId 32 hex digits, when the box had one
 * @param secrets names of the secrets that it showed as sent; empty: it was saved before plans said so
 * @param whole whether it is about every step of the playbook
 */
public record SavedPlan(
        String playbook,
        Optional<String> root,
        String identity,
        Optional<String> boxId,
        Optional<List<String>> secrets,
        boolean whole,
        List<SavedStep> steps) {
    /** One step of it, as {@link PlannedStep}; {@code inputs} are the values without {@code root}. */
    public record SavedStep(
            String id,
            String title,
            Action action,
            String reason,
            String fingerprint,
            String scriptHash,
            Optional<Duration> expected,
            List<String> needs,
            boolean force,
            Map<String, String> inputs) {}

    /** What a fresh plan must select to be about the same. */
    public Selection selection() {
        List<String> ids = steps.stream().map(SavedStep::id).toList();
        List<String> forced =
                steps.stream().filter(SavedStep::force).map(SavedStep::id).toList();
        return new Selection(whole ? List.of() : ids, List.of(), forced);
    }

    /** The values that its steps depend on, and the root that it is for, where it was made for one. */
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        root.ifPresent(path -> values.put("root", path));
        steps.forEach(step -> values.putAll(step.inputs()));
        return values;
    }
}
