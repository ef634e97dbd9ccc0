package dev.flashvsr.deploy.inspect.catalogue;

import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.yaml.YamlFields;
import dev.flashvsr.deploy.yaml.YamlScalar;
import java.util.Optional;

/** A text in both languages: a map of {@code en} and {@code ru}. */
final class WordingReader {
    private static final Wording NOTHING = Wording.same("");

    private WordingReader() {}

    static Optional<Wording> optional(YamlFields fields, String key, Problems problems) {
        return fields.map(key).map(texts -> of(texts, problems));
    }

    static Wording required(YamlFields fields, String key, Problems problems) {
        if (fields.key(key).isEmpty()) {
            problems.add(fields.place().problem("\"" + key + "\" is missing"));
        }
        return optional(fields, key, problems).orElse(NOTHING);
    }

    static Wording of(YamlFields texts, Problems problems) {
        Wording wording = new Wording(text(texts, "en", problems), text(texts, "ru", problems));
        texts.rejectUnknown();
        return wording;
    }

    private static String text(YamlFields texts, String language, Problems problems) {
        Optional<YamlScalar> scalar = texts.required(language);
        scalar.filter(text -> text.text().isBlank())
                .ifPresent(text -> problems.add(text.place().problem("\"" + language + "\" says nothing")));
        return scalar.map(YamlScalar::text).orElse("");
    }
}
