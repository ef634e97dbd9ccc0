package dev.flashvsr.deploy.inspect.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.playbook.PlaybookLoader;
import dev.flashvsr.deploy.playbook.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shipped catalogue asks all that the user's document asks, in its words, and says all in both languages. */
class CatalogueTest {
    private static final int BOXES = 108;

    private final Catalogue catalogue = Catalogue.load();
    private final List<Requirement> requirements = catalogue.requirements();

    @Test
    void everyBoxOfTheDocumentIsARequirementInItsOrderAndWords() {
        List<Checklist.Box> boxes = new ArrayList<>();
        String section = "";
        for (Part part : catalogue.parts()) {
            section = part.section().map(Wording::ru).orElse(section);
            for (Requirement requirement : part.requirements()) {
                if (!requirement.isOurs()) {
                    boxes.add(new Checklist.Box(
                            requirement.line().orElseThrow(),
                            requirement.depth(),
                            section,
                            part.title().ru(),
                            requirement.text().ru()));
                }
            }
        }

        assertThat(boxes).containsExactlyElementsOf(Checklist.boxes()).hasSize(BOXES);
    }

    @Test
    void theKeysAreTheDocumentsNumbersAndCountWithinAPart() {
        for (Part part : catalogue.parts()) {
            String number = part.title().ru().replaceFirst("\\. .*", "");
            int count = 0;
            for (Requirement requirement : part.requirements()) {
                if (!requirement.isOurs() && number.matches("[0-9.]+")) {
                    count += requirement.depth() == 0 ? 1 : 0;
                    assertThat(requirement.key())
                            .matches("[GS]?" + number.replace(".", "\\.") + "-" + count
                                    + (requirement.depth() == 0 ? "" : "[a-e]"));
                }
            }
        }
        assertThat(requirements)
                .extracting(Requirement::key)
                .contains("1.1-1", "G2.1-2", "S2.1.1-2a", "S2.1.1-3d", "8.2-2")
                .containsSequence(
                        Stream.concat(numbered("M", 10), numbered("D", 4)).toList());
    }

    @Test
    void whatTheDocumentForgetsComesLast() {
        assertThat(requirements.subList(0, BOXES)).noneMatch(Requirement::isOurs);
        List<Requirement> ours = requirements.subList(BOXES, requirements.size());
        assertThat(ours).allMatch(Requirement::isOurs);
        assertThat(ours)
                .extracting(Requirement::key)
                .isEqualTo(numbered("X", ours.size()).toList());
    }

    @Test
    void whatUpRequiresIsThere() {
        assertThat(catalogue.byId())
                .containsKeys(
                        "gpu-usable",
                        "gpu-isolated",
                        "gpu-ampere",
                        "gpu-memory",
                        "driver-version",
                        "architecture",
                        "glibc",
                        "memory",
                        "disk-size",
                        "inodes",
                        "tmp-exec",
                        "clock",
                        "hub-reachable",
                        "github-reachable",
                        "wheel-index-reachable",
                        "conda-forge-reachable",
                        "root-writable");
    }

    @Test
    void theClosingListIsComposed() {
        Requirement isolation = catalogue.find("must-isolation").orElseThrow();
        assertThat(isolation.from()).containsExactly("gpu-isolated", "gpu-neighbours", "gpu-full-speed", "gpu-steady");
        assertThat(requirements)
                .filteredOn(requirement -> requirement.key().matches("[MD]-[0-9]+"))
                .hasSize(14)
                .allSatisfy(requirement -> {
                    assertThat(requirement.from()).isNotEmpty();
                    assertThat(requirement.rule()).isEmpty();
                    assertThat(requirement.severity())
                            .isEqualTo(requirement.key().startsWith("M") ? Severity.MANDATORY : Severity.DESIRABLE);
                });
    }

    @Test
    void nothingIsComposedOfItself() {
        requirements.forEach(requirement -> composedOf(requirement.id(), new HashSet<>()));
    }

    private void composedOf(String id, Set<String> above) {
        assertThat(above.add(id)).as(id + " is composed of itself").isTrue();
        catalogue.byId().get(id).from().forEach(part -> composedOf(part, new HashSet<>(above)));
    }

    @Test
    void everyOneIsAnswered() {
        assertThat(requirements).allSatisfy(requirement -> {
            boolean judged =
                    requirement.rule().isPresent() || !requirement.from().isEmpty();
            assertThat(judged || requirement.way() != Way.PROBE)
                    .as(requirement.id())
                    .isTrue();
            assertThat(requirement.rule().isPresent() && !requirement.from().isEmpty())
                    .as(requirement.id())
                    .isFalse();
            assertThat(requirement.probes().isEmpty())
                    .as(requirement.id())
                    .isEqualTo(requirement.rule().isEmpty());
        });
    }

    @Test
    void whatTheProviderIsToAnswerIsAskedWithAGoodAnswer() {
        assertThat(requirements).filteredOn(one -> one.way() != Way.PROBE).allSatisfy(requirement -> {
            assertThat(requirement.question()).as(requirement.id()).isPresent();
            assertThat(requirement.goodAnswer()).as(requirement.id()).isPresent();
        });
    }

    @Test
    void everyQuestionIsAskedForSomething() {
        assertThat(catalogue.letter().topics().stream().flatMap(topic -> topic.questions().stream()))
                .isNotEmpty()
                .allSatisfy(question -> assertThat(catalogue.askedBy(question))
                        .as(question.id())
                        .isNotEmpty());
    }

    @Test
    void everyTextIsInBothLanguages() {
        assertThat(texts()).hasSizeGreaterThan(BOXES).allSatisfy(text -> {
            assertThat(text.en()).isNotBlank().doesNotContainPattern("\\p{IsCyrillic}");
            boolean sameInBoth = text.ru().startsWith("GitHub: ") || text.ru().equals("Conda/Miniconda");
            if (!sameInBoth) {
                assertThat(text.ru()).containsPattern("\\p{IsCyrillic}");
            }
        });
    }

    @Test
    void theLetterEndsWithTheDocumentsDescriptionOfTheProject() {
        assertThat(catalogue.letter().about()).extracting(Wording::ru).isEqualTo(Checklist.about());
    }

    @Test
    void whatCuresIsAStepOfTheShippedPlaybook() {
        List<String> steps = PlaybookLoader.load(Path.of("playbooks/flashvsr/playbook.yaml")).steps().stream()
                .map(Step::id)
                .toList();

        assertThat(requirements.stream().flatMap(requirement -> requirement.cure().stream()))
                .isNotEmpty()
                .isSubsetOf(steps);
    }

    @Test
    void aRuleHasTheSameFiguresWhereverItIsNamed() {
        for (Requirement requirement : requirements) {
            requirements.stream()
                    .filter(other -> other.rule().isPresent() && other.rule().equals(requirement.rule()))
                    .forEach(other -> assertThat(other.limits().keySet())
                            .as(requirement.id() + " and " + other.id())
                            .isEqualTo(requirement.limits().keySet()));
        }
    }

    private Stream<Wording> texts() {
        Letter letter = catalogue.letter();
        Stream<Wording> asked = requirements.stream()
                .flatMap(one -> Stream.of(Optional.of(one.text()), one.misleads(), one.question(), one.goodAnswer()))
                .flatMap(Optional::stream);
        Stream<Wording> headings = catalogue.parts().stream()
                .flatMap(part -> Stream.concat(part.section().stream(), Stream.of(part.title())));
        Stream<Wording> questions = letter.topics().stream()
                .flatMap(topic -> Stream.concat(
                        Stream.of(topic.title()),
                        topic.questions().stream().flatMap(one -> Stream.of(one.ask(), one.good()))));
        Stream<Wording> rest = Stream.concat(
                letter.about().stream(),
                Stream.of(letter.subject(), letter.greeting(), letter.good(), letter.aboutTitle(), letter.closing()));
        return Stream.of(asked, headings, questions, rest).flatMap(all -> all);
    }

    private static Stream<String> numbered(String letter, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(number -> letter + "-" + number);
    }

    @Test
    void theIdsAloneAreThoseOfTheWholeCatalogue() {
        assertThat(Catalogue.ids())
                .containsExactlyElementsOf(Catalogue.load().byId().keySet());
    }
}
