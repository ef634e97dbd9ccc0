package dev.flashvsr.deploy.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.Standing.Fit;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandingTest {
    @Test
    void oneMandatoryPointDecides() {
        Map<Verdict, Wording> expected = Map.of(
                Verdict.PASS,
                        new Wording(
                                "Fit: 2 of 2 mandatory points met.",
                                "Подходит: выполнено 2 из 2 обязательных пунктов."),
                Verdict.WARN,
                        new Wording(
                                "Fit: 2 of 2 mandatory points met.",
                                "Подходит: выполнено 2 из 2 обязательных пунктов."),
                Verdict.ASK,
                        new Wording(
                                "Fit as far as can be seen: 1 of 2 mandatory points met, 1 to ask the provider.",
                                "Подходит, насколько видно: выполнено 1 из 2 обязательных пунктов, спросить у провайдера 1."),
                Verdict.UNKNOWN,
                        new Wording(
                                "Can't tell: 1 of 2 mandatory points could not be seen, 1 met.",
                                "Неясно: не удалось узнать 1 из 2 обязательных пунктов, выполнено 1."),
                Verdict.FAIL,
                        new Wording(
                                "Not fit: 1 of 2 mandatory points not met, 1 met.",
                                "Не подходит: не выполнено 1 из 2 обязательных пунктов, выполнено 1."));
        expected.forEach((verdict, sentence) -> assertThat(
                        Standing.of(Inspections.withOne(verdict)).sentence())
                .as(verdict.name())
                .isEqualTo(sentence));
    }

    @Test
    void theSentenceCountsTheMandatoryPoints() {
        Standing standing = Standing.of(Inspections.example());
        assertThat(standing.fit()).isEqualTo(Fit.NO);
        assertThat(standing.sentence().en())
                .isEqualTo(
                        "Not fit: 1 of 5 mandatory points not met, 2 met (1 of them once the deploy has run), 1 unknown,"
                                + " 1 to ask the provider.");
    }

    @Test
    void aComposedPointThatOnlyRepeatsIsCountedOnce() {
        Standing standing = Standing.of(Inspections.example());
        assertThat(standing.points())
                .extracting(point -> point.requirement().id())
                .contains("gpu-isolated")
                .doesNotContain("isolation", "python");
    }

    @Test
    void theMandatoryOnesComeFirst() {
        assertThat(Standing.of(Inspections.example()).of(Verdict.UNKNOWN))
                .extracting(point -> point.requirement().id())
                .containsExactly("glibc", "image-versions");
    }
}
