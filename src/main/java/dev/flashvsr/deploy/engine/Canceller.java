package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.Entries;
import dev.flashvsr.deploy.box.Payload;
import dev.flashvsr.deploy.box.Said;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Ends the run on a box, and all that its steps started, also when its runner is dead. */
public final class Canceller {
    /** The runner has a minute to end all; where it does not move, as much as it needs is done in its place. */
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final RandomGenerator random;

    /** With what marks are made of. */
    public Canceller(RandomGenerator random) {
        this.random = random;
    }

    /** Cancels what runs below this root; empty when nothing does. */
    public Optional<Cancelled> cancel(Box box, String root) {
        Entries answer = new BoxShell(box, random)
                .run(BoxCommands.cancel(root), Payload.none(), LIMIT)
                .expectOk("cancel the run")
                .entries();
        List<String> ended =
                answer.under("ended").names().stream().map(Said::line).toList();
        Entries living = answer.under("living");
        Map<String, String> pids = new TreeMap<>();
        living.names()
                .forEach(step ->
                        pids.put(Said.line(step), Said.line(living.text(step).orElse(""))));
        Optional<String> runner = answer.word("living.runner").map(Said::line);
        if (pids.isEmpty() && runner.isEmpty() && answer.word("cancelled").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Cancelled(Said.line(answer.word("cancelled").orElse("")), ended, pids, runner));
    }
}
