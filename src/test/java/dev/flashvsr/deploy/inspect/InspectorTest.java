package dev.flashvsr.deploy.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How findings come of rules: what a step mends, what is composed, what only the provider can tell. */
class InspectorTest {
    private static final Evidence NO_CMAKE = Evidence.of(
            "tools.versions", Output.of("look", 0, "git|/usr/bin/git|git version 2.39.2\ncmake||\nninja||\n"));

    private static Inspector inspector(String... steps) {
        return new Inspector(Catalogue.load().byId(), Set.of(steps));
    }

    private static Finding finding(Inspector inspector, String id, Evidence evidence) {
        return inspector.judge(List.of(id), evidence).get(id);
    }

    @Test
    void whatAStepOfThePlaybookMendsIsAReservationThatNamesTheStep() {
        Finding cmake = finding(inspector("system-packages", "conda"), "cmake", NO_CMAKE);
        assertThat(cmake.verdict()).isEqualTo(Verdict.WARN);
        assertThat(cmake.curedBy()).containsExactly("system-packages");
    }

    @Test
    void whatNoStepOfThisPlaybookMendsIsNotMet() {
        Finding cmake = finding(inspector("something-else"), "cmake", NO_CMAKE);
        assertThat(cmake.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(cmake.curedBy()).isEmpty();
    }

    @Test
    void aFindingHasTheCommandAndWhatItPrinted() {
        assertThat(finding(inspector(), "cmake", NO_CMAKE).evidence())
                .extracting(Output::command)
                .containsExactly("look");
    }

    @Test
    void aProbeThatWasNotRunLeavesItsRequirementsUnknown() {
        Finding cmake = finding(inspector("system-packages"), "cmake", Evidence.NONE);
        assertThat(cmake.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(cmake.evidence()).isEmpty();
    }

    @Test
    void whatOnlyTheProviderCanTellIsToAsk() {
        Catalogue.load().requirements().stream()
                .filter(requirement ->
                        requirement.rule().isEmpty() && requirement.from().isEmpty())
                .map(requirement -> finding(inspector(), requirement.id(), Evidence.NONE))
                .forEach(finding -> assertThat(finding.verdict())
                        .as(finding.requirement().id())
                        .isIn(Verdict.ASK));
    }

    @Test
    void ofAComposedOneTheWorstPartDecides() {
        Map<String, Finding> all =
                inspector("system-packages").judge(Catalogue.load().byId().keySet(), NO_CMAKE);
        all.values().stream()
                .filter(finding -> !finding.requirement().from().isEmpty())
                .forEach(finding -> assertThat(finding.verdict())
                        .as(finding.requirement().id())
                        .isEqualTo(finding.requirement().from().stream()
                                .map(id -> all.get(id).verdict())
                                .reduce(Verdict.PASS, Verdict::orWorse)));
    }

    @Test
    void theProbesOfAComposedOneAreThoseOfItsParts() {
        String closing = Catalogue.load().requirements().stream()
                .filter(requirement -> !requirement.from().isEmpty())
                .findFirst()
                .orElseThrow()
                .id();
        assertThat(inspector().probes(List.of(closing))).isNotEmpty();
    }

    @Test
    void anUnknownIdIsAMistakeOfTheCaller() {
        assertThatIllegalArgumentException().isThrownBy(() -> inspector().probes(List.of("nothing")));
    }

    @Test
    void findingsSpeakBothLanguages() {
        Finding cmake = finding(inspector(), "cmake", NO_CMAKE);
        assertThat(cmake.says().in(Language.RU)).isNotEqualTo(cmake.says().in(Language.EN));
    }
}
