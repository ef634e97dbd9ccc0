package dev.flashvsr.deploy.box.ssh;

import java.time.Duration;

/**
 * How a silent link is noticed.
 *
 * @param askAfter silence after which the server is asked for a word
 * @param cutAfter silence after which the link counts as lost
 */
public record KeepAlive(Duration askAfter, Duration cutAfter) {
    /** So that a link on which packets vanish is noticed within 15 s. */
    static final KeepAlive USUAL = new KeepAlive(Duration.ofSeconds(4), Duration.ofSeconds(12));

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /**
     * That of OpenSSH's ServerAliveInterval and ServerAliveCountMax where they are stricter than the usual one; laxer values
     * would only hide a lost link for longer. ssh_config(5): an interval of 0 asks for nothing.
     */
    static KeepAlive ofServerAlive(long intervalSeconds, long countMax) {
        if (intervalSeconds <= 0) {
            return USUAL;
        }
        Duration interval = Duration.ofSeconds(Math.min(intervalSeconds, USUAL.askAfter.toSeconds()));
        Duration limit = Duration.ofSeconds(intervalSeconds).multipliedBy(Math.max(1, Math.min(countMax, 100)));
        Duration cut = limit.compareTo(USUAL.cutAfter) < 0 ? limit : USUAL.cutAfter;
        // Between question and end there must be time for an answer.
        Duration latest = interval.plus(SHORTEST);
        return new KeepAlive(interval, cut.compareTo(latest) < 0 ? latest : cut);
    }
}
