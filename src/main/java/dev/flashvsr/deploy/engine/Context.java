package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.event.RunListener;
import dev.flashvsr.deploy.secret.Secret;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * What getting a plan done needs of the world.
 *
 * @param secrets by the name of their variable; they travel on stdin only
 * @param redact takes every secret out of a text
 * @param diagnose says what is known about a failure with these last lines
 * @param reconnectLimit how long to try to get a lost link back
 */
public record Context(
        Dial dial,
        Submitter submitter,
        Map<String, Secret> secrets,
        RunListener listener,
        UnaryOperator<String> redact,
        Function<List<String>, Optional<String>> diagnose,
        Duration reconnectLimit,
        RandomGenerator random,
        Sleeper sleeper,
        Clock clock) {
    private static final int MARK_BYTES = 16;

    /** A mark that no output can hold: 32 random hex digits. */
    String mark() {
        return hex(MARK_BYTES);
    }

    /** For one command: what was lost once is not counted against the next run. */
    Reconnector reconnector() {
        return new Reconnector(dial, reconnectLimit, listener, sleeper, clock);
    }

    /** So many random bytes as hex digits. */
    String hex(int bytes) {
        byte[] some = new byte[bytes];
        random.nextBytes(some);
        return HexFormat.of().formatHex(some);
    }
}
