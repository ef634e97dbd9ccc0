package dev.flashvsr.deploy.inspect.catalogue;

import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.Words;
import dev.flashvsr.deploy.yaml.YamlFields;
import dev.flashvsr.deploy.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The keys of a requirement, and that they fit together over the whole catalogue. */
final class RequirementReader {
    private static final String ID = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
    private static final int LAST_LINE = 100_000;

    private final Problems problems;
    private final Map<String, Question> questions;
    private final Set<String> ids = new LinkedHashSet<>();
    private final Set<String> keys = new HashSet<>();
    private final List<YamlScalar> named = new ArrayList<>();

    RequirementReader(Problems problems, Map<String, Question> questions) {
        this.problems = problems;
        this.questions = questions;
    }

    Requirement requirement(YamlFields fields) {
        String id = unique(fields, "id", ids);
        String key = unique(fields, "key", keys);
        if (!id.isEmpty() && !id.matches(ID)) {
            fields.text("id")
                    .ifPresent(text -> problems.add(
                            text.place().problem("an id is made of small letters, digits and single hyphens")));
        }
        Way way = word(fields, "way", Way.class).orElse(Way.PROBE);
        Optional<Question> question = question(fields);
        if (way != Way.PROBE && fields.key("question").isEmpty()) {
            problems.add(fields.place().problem("what a provider is to answer needs a \"question\""));
        }
        List<YamlScalar> from = fields.texts("from").orElse(List.of());
        // Only ids that come before or after it in the file: known when all are read.
        named.addAll(from);
        Requirement requirement = new Requirement(
                id,
                key,
                fields.integer("line", 1, LAST_LINE).map(OptionalInt::of).orElse(OptionalInt.empty()),
                fields.integer("depth", 0, 1).orElse(0),
                WordingReader.required(fields, "text", problems),
                word(fields, "severity", Severity.class).orElse(Severity.INFORMATIONAL),
                way,
                fields.text("rule").map(YamlScalar::text),
                new LimitsReader(problems).limits(fields),
                texts(fields, "probes"),
                texts(fields, "cure"),
                WordingReader.optional(fields, "misleads", problems),
                question.map(Question::ask),
                question.map(Question::good),
                from.stream().map(YamlScalar::text).toList());
        fields.rejectUnknown();
        return requirement;
    }

    /** After the last: whether what they are composed of is there. */
    void finish() {
        named.stream()
                .filter(id -> !ids.contains(id.text()))
                .forEach(id -> problems.add(id.place()
                        .problem("there is no requirement " + Words.quoted(id.text()), Words.hint(id.text(), ids))));
    }

    private Optional<Question> question(YamlFields fields) {
        Optional<YamlScalar> id = fields.text("question");
        id.filter(text -> !questions.containsKey(text.text()))
                .ifPresent(text -> problems.add(text.place()
                        .problem(
                                "there is no question " + Words.quoted(text.text()),
                                Words.hint(text.text(), questions.keySet()))));
        return id.flatMap(text -> Optional.ofNullable(questions.get(text.text())));
    }

    private String unique(YamlFields fields, String key, Set<String> taken) {
        Optional<YamlScalar> text = fields.required(key);
        text.filter(word -> !taken.add(word.text()))
                .ifPresent(word -> problems.add(word.place()
                        .problem("the " + key + " " + Words.quoted(word.text()) + " is here a second time")));
        return text.map(YamlScalar::text).orElse("");
    }

    private static List<String> texts(YamlFields fields, String key) {
        return fields.texts(key).orElse(List.of()).stream()
                .map(YamlScalar::text)
                .toList();
    }

    private <T extends Enum<T>> Optional<T> word(YamlFields fields, String key, Class<T> type) {
        List<T> all = List.of(type.getEnumConstants());
        return fields.required(key).flatMap(text -> {
            Optional<T> found =
                    all.stream().filter(one -> small(one).equals(text.text())).findFirst();
            if (found.isEmpty()) {
                List<String> words = all.stream().map(RequirementReader::small).toList();
                problems.add(text.place()
                        .problem(
                                "\"" + key + "\" can't be " + Words.quoted(text.text()),
                                Words.hint(text.text(), words)));
            }
            return found;
        });
    }

    private static String small(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
