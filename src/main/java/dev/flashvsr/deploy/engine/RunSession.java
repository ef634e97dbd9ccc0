package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.LinkLostException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** Follows one run to its end over as many connections as it takes. Closes every connection that it was given or made. */
final class RunSession {
    /** How following ended. */
    sealed interface Outcome {
        /** The run is over: {@code ok}, {@code failed} or {@code cancelled}. */
        record Ended(String result) implements Outcome {}

        /** The run has no end, and nobody works on it any more; the connection is there, and the receiver's to close. */
        record RunnerDead(Box box) implements Outcome {}

        /** The link was lost for longer than the limit; the run goes on. */
        record LinkGone(String why) implements Outcome {}
    }

    private final Reconnector reconnector;
    private final Function<Box, FollowLink> open;

    RunSession(Reconnector reconnector, Function<Box, FollowLink> open) {
        this.reconnector = reconnector;
        this.open = open;
    }

    /** Follows from this connection on. */
    Outcome follow(Box first, RunFollower follower) throws InterruptedException {
        Box box = first;
        while (true) {
            String why;
            boolean keep = false;
            try {
                Optional<Outcome> outcome = read(box, follower);
                if (outcome.isPresent()) {
                    keep = outcome.get() instanceof Outcome.RunnerDead;
                    return outcome.get();
                }
                why = "the box ended the channel";
            } catch (IOException | LinkLostException e) {
                why = Optional.ofNullable(e.getMessage()).orElse("the connection broke");
            } finally {
                if (!keep) {
                    box.close();
                }
            }
            Optional<Box> again = reconnector.reconnect(why);
            if (again.isEmpty()) {
                return new Outcome.LinkGone(why);
            }
            box = again.get();
        }
    }

    private Optional<Outcome> read(Box box, RunFollower follower) throws IOException {
        try (FollowLink link = open.apply(box)) {
            follower.connected(link.requests());
            for (Optional<FollowFrame> frame = link.next(); frame.isPresent(); frame = link.next()) {
                reconnector.works();
                follower.frame(frame.get(), link.requests());
                if (follower.result().isPresent()) {
                    return Optional.of(new Outcome.Ended(follower.result().get()));
                }
                if (follower.runnerDead()) {
                    return Optional.of(new Outcome.RunnerDead(box));
                }
            }
            return Optional.empty();
        }
    }
}
