package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.playbook.Playbook;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run will do: a value that {@code plan} prints and {@code up} consumes.
 *
 * @param root absolute path on the box; empty for an offline plan
 * @param steps the selected ones, in the playbook's order
 * @param identity SHA-256 hex over root, selected steps in order with needs, locks, limits, fingerprint and script hash, and the forced ones
 * @param boxId identity of the box, when it has one already
 */
public record Plan(
        Playbook playbook, Optional<String> root, List<PlannedStep> steps, String identity, Optional<String> boxId) {
    /** Whether nothing would be run, adopted, renewed or decided on the box: no run is needed. */
    public boolean isEmpty() {
        return isAsWanted() && steps.stream().noneMatch(PlannedStep::renews);
    }

    /** The same, where steps have taken so many bytes of the disk already, by their ids: they need so much less. */
    public Plan afterTaking(Map<String, Long> bytes) {
        return new Plan(
                playbook,
                root,
                steps.stream()
                        .map(step -> step.afterTaking(bytes.getOrDefault(step.id(), 0L)))
                        .toList(),
                identity,
                boxId);
    }

    /** Whether every step is as wanted and recorded, be it by a checkpoint of an older script. */
    public boolean isAsWanted() {
        return steps.stream().allMatch(step -> step.action() == Action.SKIP);
    }
}
