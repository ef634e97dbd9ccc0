package dev.flashvsr.deploy.inspect.offer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.Finding;
import dev.flashvsr.deploy.inspect.Inspection;
import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Way;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.offer.Questionnaire.Item;
import dev.flashvsr.deploy.inspect.offer.Questionnaire.Scope;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import dev.flashvsr.deploy.report.LetterText;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuestionnaireTest {
    private final Catalogue catalogue = Catalogue.load();

    @Test
    void everyRequirementThatProbesCantAnswerIsAskedOnce() {
        List<Item> items = items(ask(Scope.OPEN));

        assertThat(items.stream().flatMap(item -> item.requirements().stream()))
                .doesNotHaveDuplicates()
                .containsAll(catalogue.requirements().stream()
                        .filter(requirement -> requirement.way() != Way.PROBE)
                        .map(Requirement::id)
                        .toList());
        assertThat(items)
                .extracting(Item::number)
                .isEqualTo(IntStream.rangeClosed(1, items.size()).boxed().toList());
    }

    @Test
    void whatProbesAnswerIsAskedOnlyWithAll() {
        assertThat(questions(ask(Scope.OPEN))).doesNotContain("driver", "software", "internet", "rights");
        assertThat(questions(ask(Scope.ALL))).contains("driver", "software", "internet", "rights", "gpu-alone");
    }

    @Test
    void whatAProbeSettledIsNotAskedAndWhatItCouldNotTellIs() {
        Questionnaire nothingOpen = seen(requirement -> Verdict.PASS);
        assertThat(nothingOpen.sections()).isEmpty();

        Questionnaire questionnaire = seen(requirement -> switch (requirement.id()) {
            case "driver-version" -> Verdict.UNKNOWN;
            case "gpu-isolated" -> Verdict.ASK;
            default -> Verdict.PASS;
        });
        assertThat(questions(questionnaire)).containsExactlyInAnyOrder("gpu-alone", "driver");
    }

    @Test
    void whatTheProviderAnsweredIsNotAskedAgain() {
        Answer yes = new Answer(Answer.Verdict.YES, Optional.empty(), Optional.empty());
        Answer open = new Answer(Answer.Verdict.UNKNOWN, Optional.empty(), Optional.empty());

        assertThat(questions(ask(Map.of("trial", yes)))).doesNotContain("trial");
        assertThat(questions(ask(Map.of("trial", open)))).contains("trial");
        assertThat(questions(ask(Map.of("gpu-isolated", yes))))
                .as("one of four is answered")
                .contains("gpu-alone");
    }

    @ParameterizedTest
    @EnumSource
    void aLetterHoldsQuestionsGoodAnswersAndTheProject(Language language) {
        String letter = LetterText.markdown(ask(Scope.OPEN), language, false);

        items(ask(Scope.OPEN))
                .forEach(item -> assertThat(letter)
                        .contains(item.number() + ". " + item.question().ask().in(language))
                        .contains(item.question().good().in(language)));
        catalogue.letter().about().forEach(line -> assertThat(letter).contains("- " + line.in(language)));
        assertThat(letter).doesNotContain("gpu-alone", "must-isolation");
        assertThat(LetterText.markdown(ask(Scope.OPEN), language, true)).contains("`gpu-isolated`");
        if (language == Language.EN) {
            assertThat(letter).doesNotContainPattern("\\p{IsCyrillic}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPlainLetterHasNoMarksAndNarrowLines(Language language) {
        String letter = LetterText.plain(ask(Scope.ALL), language, true);

        assertThat(letter).doesNotContain("*", "`", "#").contains("nvidia-smi -q -x");
        assertThat(letter.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(78));
    }

    private Questionnaire ask(Scope scope) {
        return Questionnaire.of(catalogue, scope, Map.of(), Map.of());
    }

    private Questionnaire ask(Map<String, Answer> answers) {
        return Questionnaire.of(catalogue, Scope.OPEN, Map.of(), answers);
    }

    private Questionnaire seen(Function<Requirement, Verdict> verdict) {
        Map<String, Finding> findings = new HashMap<>();
        catalogue
                .requirements()
                .forEach(requirement -> findings.put(
                        requirement.id(),
                        new Finding(
                                requirement, verdict.apply(requirement), Wording.same("seen"), List.of(), List.of())));
        Inspection inspection =
                new Inspection("box", Instant.EPOCH, List.of(), catalogue.parts(), findings, Optional.empty());
        return Questionnaire.of(catalogue, Scope.OPEN, inspection, Map.of());
    }

    private static List<Item> items(Questionnaire questionnaire) {
        return questionnaire.sections().stream()
                .flatMap(section -> section.items().stream())
                .toList();
    }

    private static Set<String> questions(Questionnaire questionnaire) {
        return items(questionnaire).stream().map(item -> item.question().id()).collect(Collectors.toSet());
    }
}
