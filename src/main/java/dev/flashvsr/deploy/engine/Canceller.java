package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.Entries;
import dev.flashvsr.deploy.box.Payload;
import dev.flashvsr.deploy.box.Said;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Ends the run on a box, and all that its steps started, also when its runner is dead. */
public final class Canceller {
    /** A session gets 10 s between TERM and KILL. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

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
        return answer.word("cancelled").map(run -> new Cancelled(Said.line(run), ended));
    }
}
