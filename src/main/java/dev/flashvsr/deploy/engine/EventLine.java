package dev.flashvsr.deploy.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A line of a run's {@code events} file, as the runner wrote it: {@code EPOCH TYPE [STEP] [key=value …]}.
 *
 * @param epoch seconds, by the box's clock
 * @param fields in the order of the line
 */
record EventLine(long epoch, String type, Optional<String> step, Map<String, String> fields) {
    /** The runner writes no more than ten. */
    private static final int MOST_WORDS = 20;

    /** Empty for a line that is not of this form: a box may print anything. */
    static Optional<EventLine> parse(String line) {
        String[] words = line.strip().split(" +");
        if (words.length < 2
                || words.length > MOST_WORDS
                || !words[0].matches("[0-9]{1,12}")
                || words[1].contains("=")) {
            return Optional.empty();
        }
        Optional<String> step = Optional.empty();
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 2; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals > 0) {
                fields.put(words[i].substring(0, equals), words[i].substring(equals + 1));
            } else if (i == 2) {
                step = Optional.of(words[i]);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new EventLine(Long.parseLong(words[0]), words[1], step, Map.copyOf(fields)));
    }

    /** The same under another type. */
    EventLine as(String other) {
        return new EventLine(epoch, other, step, fields);
    }

    /** The field's value, or an empty text. */
    String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /** The field as a whole number that is not negative, such as a time in seconds; 0 when it is none. */
    long number(String name) {
        String value = field(name);
        return value.matches("[0-9]{1,15}") ? Long.parseLong(value) : 0;
    }

    /** The attempt that it is about; 0 when it names none. */
    int attempt() {
        return (int) Math.min(number("attempt"), Integer.MAX_VALUE);
    }
}
