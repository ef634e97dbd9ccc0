package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.event.RunListener;
import java.util.HashSet;
import java.util.Set;

/** Remembers of a run that is followed which steps came to a good end. */
final class RanSteps implements RunListener {
    private final Set<String> ran = new HashSet<>();
    private final Set<String> asWanted = new HashSet<>();

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.StepFinished e) {
            ran.add(e.step());
            asWanted.add(e.step());
        } else if (event instanceof RunEvent.StepSkipped e) {
            asWanted.add(e.step());
        } else if (event instanceof RunEvent.StepAdopted e) {
            asWanted.add(e.step());
        }
    }

    /** Whether it did something, and was confirmed. */
    boolean ran(String step) {
        return ran.contains(step);
    }

    /** Whether it ran, or needed not to. */
    boolean isAsWanted(String step) {
        return asWanted.contains(step);
    }
}
