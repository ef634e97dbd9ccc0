package dev.flashvsr.deploy.fetch;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** How long to wait before a server is asked again. */
final class RetryAfter {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 8;

    private RetryAfter() {}

    /** What the server asked for (seconds, or a date), else longer each time; at most five minutes. */
    static Duration pause(Optional<String> header, int attempt, Instant now) {
        Duration wanted = header.map(String::strip)
                .flatMap(text -> asked(text, now))
                .orElse(Duration.ofSeconds(1L << Math.min(attempt, MOST_DOUBLINGS)));
        return wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
    }

    private static Optional<Duration> asked(String text, Instant now) {
        if (text.matches("[0-9]+")) {
            return Optional.of(text.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(until.isAfter(now) ? Duration.between(now, until) : Duration.ofSeconds(1));
        } catch (DateTimeParseException neither) {
            return Optional.empty();
        }
    }
}
