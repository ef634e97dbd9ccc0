package dev.flashvsr.deploy.yaml;

import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads a map by its keys, each with the type that it must have. What does not fit becomes a problem and reads as left
 * out; {@link #rejectUnknown()} then complains about every key that was not asked for.
 */
public final class YamlFields {
    private static final String EMPTY_TEXT = "write \"\" for an empty text";

    private final YamlMap map;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    /** Over {@code map}; problems go to {@code problems}. */
    public YamlFields(YamlMap map, Problems problems) {
        this.map = map;
        this.problems = problems;
    }

    /** The fields of {@code node} if it is a map, else a problem that names it as {@code what}. */
    public static Optional<YamlFields> of(YamlNode node, String what, Problems problems) {
        if (node instanceof YamlMap map) {
            return Optional.of(new YamlFields(map, problems));
        }
        problems.add(node.place().problem(what + " must be a map, not " + node.described()));
        return Optional.empty();
    }

    /** Where the map begins. */
    public Place place() {
        return map.place();
    }

    /** The value of {@code key}, whatever it is. */
    public Optional<YamlNode> node(String key) {
        known.add(key);
        return map.entries().stream()
                .filter(entry -> entry.key().text().equals(key))
                .map(YamlMap.Entry::value)
                .findFirst();
    }

    /** The key itself, where it is there, to point at it. */
    public Optional<YamlScalar> key(String key) {
        known.add(key);
        return map.entries().stream()
                .map(YamlMap.Entry::key)
                .filter(word -> word.text().equals(key))
                .findFirst();
    }

    /** A text, a number or the like, as text. */
    public Optional<YamlScalar> text(String key) {
        return node(key).flatMap(node -> text(node, Words.quoted(key)));
    }

    /** As {@link #text}, but a problem when it is left out. */
    public Optional<YamlScalar> required(String key) {
        if (key(key).isEmpty()) {
            problems.add(map.place().problem(Words.quoted(key) + " is missing"));
        }
        return text(key);
    }

    /** {@code node} if it is a text that says something, else a problem that names it as {@code what}. */
    public Optional<YamlScalar> text(YamlNode node, String what) {
        if (!(node instanceof YamlScalar scalar)) {
            problems.add(node.place().problem(what + " must be a text, not " + node.described()));
            return Optional.empty();
        }
        if (scalar.isNothing()) {
            problems.add(node.place().problem(what + " has no value", Optional.of(EMPTY_TEXT)));
            return Optional.empty();
        }
        return Optional.of(scalar);
    }

    /** A list of texts; an item that is none is a problem, and left out. */
    public Optional<List<YamlScalar>> texts(String key) {
        return list(key).map(items -> {
            List<YamlScalar> texts = new ArrayList<>();
            items.forEach(item -> text(item, "an item of " + Words.quoted(key)).ifPresent(texts::add));
            return texts;
        });
    }

    /** A list of texts, or one text alone; none when it is left out. */
    public List<YamlScalar> textOrTexts(String key) {
        Optional<YamlNode> node = node(key);
        if (node.filter(YamlMap.class::isInstance).isPresent()) {
            wrong(node.get(), key, "a text or a list of texts");
            return List.of();
        }
        return node.filter(YamlScalar.class::isInstance).isPresent()
                ? text(key).stream().toList()
                : texts(key).orElse(List.of());
    }

    /** A list of anything. */
    public Optional<List<YamlNode>> list(String key) {
        return node(key).flatMap(node -> {
            if (node instanceof YamlList list) {
                return Optional.of(list.items());
            }
            wrong(node, key, "a list");
            return Optional.empty();
        });
    }

    /** A map with known keys of its own. */
    public Optional<YamlFields> map(String key) {
        return node(key).flatMap(node -> of(node, Words.quoted(key), problems));
    }

    /** The entries of a map whose keys are the user's own; none when it is left out. */
    public List<YamlMap.Entry> entries(String key) {
        return map(key).map(YamlFields::entries).orElse(List.of());
    }

    /** All entries of this map, whose keys are the user's own. */
    public List<YamlMap.Entry> entries() {
        return map.entries();
    }

    /** A whole number within limits. */
    public Optional<Integer> integer(String key, int min, int max) {
        return node(key).flatMap(node -> {
            if (node instanceof YamlScalar scalar
                    && scalar.plain()
                    && scalar.text().matches("-?[0-9]{1,10}")) {
                long value = Long.parseLong(scalar.text());
                if (value >= min && value <= max) {
                    return Optional.of((int) value);
                }
            }
            wrong(node, key, min == max ? String.valueOf(min) : "a whole number from " + min + " to " + max);
            return Optional.empty();
        });
    }

    /** {@code true} or {@code false}. */
    public Optional<Boolean> bool(String key) {
        return node(key).flatMap(node -> {
            if (node instanceof YamlScalar scalar
                    && scalar.plain()
                    && scalar.text().matches("true|false")) {
                return Optional.of(scalar.text().equals("true"));
            }
            wrong(node, key, "true or false");
            return Optional.empty();
        });
    }

    /** A duration within limits. */
    public Optional<Duration> duration(String key, Duration min, Duration max) {
        return node(key).flatMap(node -> {
            Optional<Duration> value =
                    node instanceof YamlScalar scalar ? Units.duration(scalar.text()) : Optional.empty();
            if (value.isEmpty()) {
                wrong(node, key, "a duration such as 90s, 45m or 2h");
            } else if (value.get().compareTo(min) < 0 || value.get().compareTo(max) > 0) {
                wrong(node, key, "from " + min.toSeconds() + "s to " + max.toHours() + "h");
                return Optional.empty();
            }
            return value;
        });
    }

    /** A size in bytes. */
    public OptionalLong size(String key, long min) {
        Optional<YamlNode> node = node(key);
        if (node.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong value = node.get() instanceof YamlScalar scalar ? Units.size(scalar.text()) : OptionalLong.empty();
        if (value.isEmpty()) {
            wrong(node.get(), key, "a size such as 256MiB, 400MB or 1GB");
        } else if (value.getAsLong() < min) {
            wrong(node.get(), key, "at least " + min + "B");
        }
        return value;
    }

    /** One problem for every key that was not asked for so far. */
    public void rejectUnknown() {
        map.entries().stream()
                .map(YamlMap.Entry::key)
                .filter(key -> !known.contains(key.text()))
                .forEach(key -> problems.add(
                        key.place().problem("unknown key " + Words.quoted(key.text()), Words.hint(key.text(), known))));
    }

    private void wrong(YamlNode node, String key, String expected) {
        if (node instanceof YamlScalar scalar && scalar.isNothing()) {
            problems.add(
                    scalar.place().problem(Words.quoted(key) + " has no value", Optional.of("it must be " + expected)));
            return;
        }
        String text = node instanceof YamlScalar scalar && !scalar.plain() ? "the text " : "";
        problems.add(
                node.place().problem(Words.quoted(key) + " must be " + expected + ", not " + text + node.described()));
    }
}
