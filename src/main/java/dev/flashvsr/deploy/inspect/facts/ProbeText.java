package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The forms that our own probes print: lines {@code NAME=VALUE}, and lines {@code WORD|FIELD|FIELD}. All are untrusted. */
final class ProbeText {
    private static final int MOST_LINES = 4000;
    private static final int MOST_OF_LINE = 2000;

    private ProbeText() {}

    /** The lines of this probe, whatever its exit status, without blanks at the ends; empty where it was out of time or said nothing. */
    static List<String> lines(Evidence evidence, String probe) {
        return evidence.of(probe)
                .filter(output -> !output.timedOut())
                .map(output -> lines(output.text()))
                .orElse(List.of());
    }

    static List<String> lines(String text) {
        return text.lines()
                .limit(MOST_LINES)
                .map(line -> line.length() > MOST_OF_LINE ? line.substring(0, MOST_OF_LINE) : line)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The values of all lines {@code NAME=VALUE} of this name, in order; those without a value left out. */
    static List<String> values(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1).strip())
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** The first of them. */
    static Optional<String> value(List<String> lines, String name) {
        return values(lines, name).stream().findFirst();
    }

    /** The fields of all lines {@code WORD|…}, without the word: exactly {@code fields} of them, the last with whatever follows. */
    static List<List<String>> rows(List<String> lines, String word, int fields) {
        return lines.stream()
                .filter(line -> line.startsWith(word + "|"))
                .map(line -> Arrays.asList(line.substring(word.length() + 1).split("\\|", fields)))
                .filter(row -> row.size() == fields)
                .map(row -> row.stream().map(String::strip).toList())
                .toList();
    }

    /** A number that is not negative. */
    static OptionalLong number(String text) {
        return text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    static OptionalInt small(String text) {
        return text.matches("[0-9]{1,9}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    /** The words of a list with commas. */
    static List<String> words(String text) {
        return Arrays.stream(text.split(",")).filter(word -> !word.isBlank()).toList();
    }
}
