package dev.flashvsr.deploy.inspect.offer;

import dev.flashvsr.deploy.inspect.Inspection;
import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.catalogue.Letter;
import dev.flashvsr.deploy.inspect.catalogue.Question;
import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Topic;
import dev.flashvsr.deploy.inspect.catalogue.Way;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to ask a provider: the letter of the catalogue without what need not be asked.
 *
 * @param letter its words
 * @param sections the questions that remain, by topic; a topic without any is left out
 */
public record Questionnaire(Letter letter, List<Section> sections) {
    /** Keeps a copy. */
    public Questionnaire {
        sections = List.copyOf(sections);
    }

    /** Questions below one heading. */
    public record Section(Wording title, List<Item> items) {
        /** Keeps a copy. */
        public Section {
            items = List.copyOf(items);
        }
    }

    /**
     * One question.
     *
     * @param number from 1, through all sections
     * @param requirements ids of those that the answer is about
     */
    public record Item(int number, Question question, List<String> requirements) {
        /** Keeps a copy. */
        public Item {
            requirements = List.copyOf(requirements);
        }
    }

    /** What is left out of a letter, and what is not. */
    public enum Scope {
        /** What probes can't answer. */
        OPEN,
        /** Also what probes would answer. */
        ALL
    }

    /** With what was seen on a box: what a probe settled there is not asked; what it could not tell is. */
    public static Questionnaire of(
            Catalogue catalogue, Scope scope, Inspection inspection, Map<String, Answer> answers) {
        Map<String, Verdict> seen = new HashMap<>();
        inspection.findings().forEach((id, finding) -> seen.put(id, finding.verdict()));
        return of(catalogue, scope, seen, answers);
    }

    /**
     * Without a box, or with what was seen on one.
     *
     * @param seen verdicts by ids of requirements; none without a box
     * @param answers those of the provider, by ids of requirements: not asked again
     */
    public static Questionnaire of(
            Catalogue catalogue, Scope scope, Map<String, Verdict> seen, Map<String, Answer> answers) {
        List<Section> sections = new ArrayList<>();
        int number = 0;
        for (Topic topic : catalogue.letter().topics()) {
            List<Item> items = new ArrayList<>();
            for (Question question : topic.questions()) {
                List<Requirement> about = catalogue.askedBy(question);
                boolean asked = about.stream()
                        .filter(requirement -> requirement.from().isEmpty())
                        .anyMatch(requirement -> isOpen(requirement, scope, seen) && !isAnswered(requirement, answers));
                if (asked) {
                    number++;
                    items.add(new Item(
                            number,
                            question,
                            about.stream().map(Requirement::id).toList()));
                }
            }
            if (!items.isEmpty()) {
                sections.add(new Section(topic.title(), items));
            }
        }
        return new Questionnaire(catalogue.letter(), sections);
    }

    private static boolean isAnswered(Requirement requirement, Map<String, Answer> answers) {
        return Optional.ofNullable(answers.get(requirement.id()))
                .filter(Answer::isAnswer)
                .isPresent();
    }

    private static boolean isOpen(Requirement requirement, Scope scope, Map<String, Verdict> seen) {
        if (scope == Scope.ALL) {
            return true;
        }
        Optional<Verdict> verdict = Optional.ofNullable(seen.get(requirement.id()));
        return verdict.map(found -> found == Verdict.ASK || found == Verdict.UNKNOWN)
                .orElse(requirement.way() != Way.PROBE);
    }
}
