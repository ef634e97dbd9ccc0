package dev.flashvsr.deploy.inspect.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import dev.flashvsr.deploy.problem.DeployException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfferReaderTest {
    private static final String SMALL = """
            version: 1
            name: Example
            currency: USD
            price: {hour: 1.80, minimum: 1h, step: 60s}
            gpu: {name: A100, count: 2}
            billed_when_stopped: [storage]
            answers:
              pause: {verdict: yes, said: "Yes.", on: 2026-11-20}
            """;

    @TempDir
    Path directory;

    @Test
    void readsTheDocumentedExample() {
        Offer offer = OfferReader.load(Path.of("docs/offer-example.yaml"), Catalogue.load());

        assertThat(offer.name()).isEqualTo("Example Cloud");
        assertThat(offer.tariff().perHour()).contains(new BigDecimal("1.80"));
        assertThat(offer.tariff().minimum()).contains(Duration.ofHours(1));
        assertThat(offer.billedStopped().orElseThrow()).containsExactly(Offer.Billed.STORAGE);
        assertThat(offer.gpu().framesPerSecond()).isEmpty();
        assertThat(offer.answers().get("gpu-neighbours").verdict()).isEqualTo(Answer.Verdict.YES);
        assertThat(offer.answers().get("trial").on()).contains(LocalDate.of(2026, 11, 20));
        assertThat(offer.answers().get("uptime-sla").isAnswer()).isFalse();
    }

    @Test
    void aReportIsLookedForBesideTheOffer() {
        Offer offer = OfferReader.load(Path.of("docs/offer-example-2.yaml"), Catalogue.load());

        assertThat(offer.inspected()).contains(Path.of("docs/offer-example-2.json"));
        assertThat(Inspected.load(offer.inspected().orElseThrow()))
                .containsEntry("memory", Verdict.FAIL)
                .containsEntry("gpu-isolated", Verdict.ASK);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            currency: USD       | currency: Dollar     | 3:11 | three capital letters
            hour: 1.80          | hour: cheap          | 4:15 | must be a number such as 1.50
            hour: 1.80          | hour: -1             | 4:15 | must be a number such as 1.50
            minimum: 1h         | minimum: soon        | 4:30 | must be a time such as
            minimum: 1h         | minimun: 1h          | 4:21 | did you mean "minimum"
            count: 2            | count: 0             | 5:26 | a whole number from 1
            [storage]           | [storag]             | 6:23 | did you mean "storage"
            pause:              | pauze:               | 8:3  | did you mean "pause"
            verdict: yes        | verdict: yess        | 8:20 | did you mean "yes"
            on: 2026-11-20      | on: yesterday        | 8:43 | must be a day such as
            name: Example       | title: Example       | 1:1  | "name" is missing
            """)
    void namesThePlaceOfAMistakeAndTheRightWord(String right, String wrong, String place, String says)
            throws IOException {
        Path file = write(SMALL.replace(right, wrong));

        assertThatThrownBy(() -> OfferReader.load(file, Catalogue.load()))
                .hasMessageContaining(file + ":" + place + ": ")
                .hasMessageContaining(says);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a: [", "- 1", "\0"})
    void whatIsNoOfferIsRefused(String text) throws IOException {
        Path file = write(text);

        assertThatThrownBy(() -> OfferReader.load(file, Catalogue.load()))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("offer.yaml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"findings\": 1}",
                "{\"findings\": [{\"id\": \"memory\"}]}",
                "{\"findings\": [{\"id\": \"memory\", \"verdict\": \"GREAT\"}]}"
            })
    void whatIsNoReportIsRefused(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("report.json"), text);

        assertThatThrownBy(() -> Inspected.load(file))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("report.json");
    }

    @Test
    void timeIsChargedByMinimumAndStep() {
        Tariff tariff = OfferReader.load(Path.of("docs/offer-example.yaml"), Catalogue.load())
                .tariff();

        assertThat(tariff.charged(Duration.ofMinutes(20))).isEqualTo(Duration.ofHours(1));
        assertThat(tariff.charged(Duration.ofSeconds(5401))).isEqualTo(Duration.ofSeconds(5460));
        assertThat(tariff.cost(Duration.ofMinutes(90))).contains(new BigDecimal("2.70"));
    }

    @Test
    void aDaysPriceIsPaidByTheDay() {
        Tariff tariff = OfferReader.load(Path.of("docs/offer-example-2.yaml"), Catalogue.load())
                .tariff();

        assertThat(tariff.perHour().orElseThrow()).isEqualByComparingTo("175");
        assertThat(tariff.cost(Duration.ofHours(25)).orElseThrow()).isEqualByComparingTo("8400");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("offer.yaml"), text);
    }
}
