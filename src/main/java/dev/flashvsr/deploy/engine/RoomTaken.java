package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.box.Answer;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.Entries;
import dev.flashvsr.deploy.playbook.Step;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks the box how much of what steps make lies below the root already, say of a run or a relay that was cut off. */
public final class RoomTaken {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private RoomTaken() {}

    /**
     * Bytes by the step's id; what two of these steps make counts for the first, what takes long to measure for none. Of a box
     * that can't measure it nothing counts.
     */
    public static Map<String, Long> by(BoxShell shell, String root, List<Step> steps) {
        Answer said = shell.run(BoxCommands.taken(root), BoxCommands.payload(MadeNote.request(steps)), LIMIT);
        if (said.status() != 0) {
            return Map.of();
        }
        Entries answer = said.entries().under("taken");
        Map<String, Long> taken = new LinkedHashMap<>();
        for (Step step : steps) {
            answer.word(step.id())
                    .filter(kib -> kib.matches("[0-9]{1,15}"))
                    .ifPresent(kib -> taken.put(step.id(), Long.parseLong(kib) * 1024));
        }
        return taken;
    }
}
