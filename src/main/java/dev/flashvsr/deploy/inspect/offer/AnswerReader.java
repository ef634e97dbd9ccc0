package dev.flashvsr.deploy.inspect.offer;

import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.Words;
import dev.flashvsr.deploy.yaml.YamlFields;
import dev.flashvsr.deploy.yaml.YamlMap;
import dev.flashvsr.deploy.yaml.YamlScalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The {@code answers} of an offer, by the ids of requirements. */
final class AnswerReader {
    private final Problems problems;
    private final OfferValues values;

    AnswerReader(Problems problems, OfferValues values) {
        this.problems = problems;
        this.values = values;
    }

    Map<String, Answer> answers(YamlFields fields, Catalogue catalogue) {
        Set<String> ids = catalogue.byId().keySet();
        Map<String, Answer> answers = new LinkedHashMap<>();
        for (YamlMap.Entry entry : fields.entries("answers")) {
            YamlScalar id = entry.key();
            if (!ids.contains(id.text())) {
                problems.add(id.place()
                        .problem("there is no requirement " + Words.quoted(id.text()), Words.hint(id.text(), ids)));
            }
            YamlFields.of(entry.value(), "the answer " + Words.quoted(id.text()), problems)
                    .ifPresent(answer -> answers.put(id.text(), answer(answer)));
        }
        return answers;
    }

    private Answer answer(YamlFields fields) {
        Answer answer = new Answer(
                fields.required("verdict")
                        .flatMap(text -> values.oneOf(text, "\"verdict\"", Answer.Verdict.class))
                        .orElse(Answer.Verdict.UNKNOWN),
                fields.text("said").map(YamlScalar::text),
                values.day(fields, "on"));
        fields.rejectUnknown();
        return answer;
    }
}
