package dev.flashvsr.deploy.inspect.catalogue;

import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.Words;
import dev.flashvsr.deploy.yaml.YamlFields;
import dev.flashvsr.deploy.yaml.YamlScalar;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The keys of {@code letter}. */
final class LetterReader {
    private final Problems problems;
    private final Set<String> ids = new HashSet<>();

    LetterReader(Problems problems) {
        this.problems = problems;
    }

    Letter letter(YamlFields fields) {
        Letter letter = new Letter(
                wording(fields, "subject"),
                wording(fields, "greeting"),
                wording(fields, "good"),
                CatalogueReader.items(fields, "topics", "a topic", problems, this::topic),
                wording(fields, "about_title"),
                CatalogueReader.items(fields, "about", "a line", problems, line -> WordingReader.of(line, problems)),
                wording(fields, "closing"));
        fields.rejectUnknown();
        return letter;
    }

    private Topic topic(YamlFields fields) {
        Wording title = wording(fields, "title");
        List<Question> questions = CatalogueReader.items(fields, "questions", "a question", problems, this::question);
        fields.rejectUnknown();
        return new Topic(title, questions);
    }

    private Question question(YamlFields fields) {
        String id = fields.required("id")
                .map(scalar -> {
                    if (!ids.add(scalar.text())) {
                        problems.add(scalar.place()
                                .problem("the question " + Words.quoted(scalar.text()) + " is here a second time"));
                    }
                    return scalar;
                })
                .map(YamlScalar::text)
                .orElse("");
        Question question = new Question(id, wording(fields, "ask"), wording(fields, "good"));
        fields.rejectUnknown();
        return question;
    }

    private Wording wording(YamlFields fields, String key) {
        return WordingReader.required(fields, key, problems);
    }
}
