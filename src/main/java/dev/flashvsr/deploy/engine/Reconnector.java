package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.LoginRefusedException;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.event.RunListener;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Gets a lost link back: again and again, with longer and longer pauses, until the limit. A link that breaks again before
 * anything came over it counts as the same loss, so that a box that takes logins and nothing else ends the trying, too.
 */
final class Reconnector {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Dial dial;
    private final Duration limit;
    private final RunListener listener;
    private final Sleeper sleeper;
    private final Clock clock;

    private Optional<Instant> lostSince = Optional.empty();
    private Duration pause = FIRST_PAUSE;
    private int attempts;
    private boolean toldLost;

    Reconnector(Dial dial, Duration limit, RunListener listener, Sleeper sleeper, Clock clock) {
        this.dial = dial;
        this.limit = limit;
        this.listener = listener;
        this.sleeper = sleeper;
        this.clock = clock;
    }

    /** Something came over the link: the next loss is a new one. */
    void works() {
        lostSince = Optional.empty();
        pause = FIRST_PAUSE;
        attempts = 0;
    }

    /**
     * A new connection; empty when none came about within the limit.
     *
     * @param why the link was lost
     * @throws DeployException when trying again can't help, such as for a changed host key
     */
    Optional<Box> reconnect(String why) throws InterruptedException {
        Instant now = clock.instant();
        Instant lost = lostSince.orElse(now);
        lostSince = Optional.of(lost);
        if (!toldLost) {
            lost(now, why, OptionalInt.empty());
        }
        Instant end = lost.plus(limit);
        while (clock.instant().isBefore(end)) {
            pause(end);
            attempts++;
            try {
                Box box = dial.connect();
                listener.on(new RunEvent.LinkRestored(clock.instant(), Duration.between(lost, clock.instant())));
                toldLost = false;
                return Optional.of(box);
            } catch (LoginRefusedException e) {
                throw new LoginRefusedException(
                        String.valueOf(e.getMessage()),
                        e.next().map(next -> next + "\n").orElse("") + "What runs on the box goes on meanwhile.",
                        e);
            } catch (DeployException e) {
                if (e.exitCode() != ExitCode.UNREACHABLE) {
                    throw e;
                }
                String reason = Optional.ofNullable(e.getMessage()).orElse(why);
                lost(clock.instant(), reason, OptionalInt.of(attempts));
            }
        }
        return Optional.empty();
    }

    private void lost(Instant at, String why, OptionalInt attempt) {
        listener.on(new RunEvent.LinkLost(at, why, attempt));
        toldLost = true;
    }

    /** Longer each time, but not beyond the end. */
    private void pause(Instant end) throws InterruptedException {
        Duration left = Duration.between(clock.instant(), end);
        sleeper.sleep(pause.compareTo(left) < 0 ? pause : left);
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
}
