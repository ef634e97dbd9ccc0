package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.checkpoint.Likeness;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the survey found on the box (section 8 of docs/box-protocol.md), read once. Its words are untrusted; those that are
 * meant for people are made safe to show.
 *
 * @param root absolute path
 * @param rootWhy {@code given}, {@code found} or {@code chosen}
 * @param rootMissing it does not exist yet
 * @param facts by name, one line each
 * @param boxId 32 hex digits, from {@code box.json}
 * @param steps by id, only those the box said something of
 * @param notes what could not be read and was left out, in sentences
 */
public record BoxState(
        String root,
        String rootWhy,
        boolean rootMissing,
        Map<String, String> facts,
        Optional<String> boxId,
        Optional<Holder> holder,
        Optional<LastRun> lastRun,
        Map<String, StepState> steps,
        List<String> notes) {
    /** What is known of a step; {@link StepState#NONE} where nothing is. */
    public StepState step(String id) {
        return steps.getOrDefault(id, StepState.NONE);
    }

    /** Whether a runner works on this box now. */
    public boolean busy() {
        return holder.isPresent() && holder.get().alive();
    }

    /** What its speed depends on. */
    public Likeness likeness() {
        return Likeness.of(facts.getOrDefault("gpu", ""), facts.getOrDefault("cpus", ""));
    }
}
