package dev.flashvsr.deploy.inspect.offer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.offer.Comparison.Entry;
import dev.flashvsr.deploy.inspect.offer.Comparison.Row;
import dev.flashvsr.deploy.inspect.offer.Comparison.Tone;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import dev.flashvsr.deploy.report.ComparisonHtml;
import dev.flashvsr.deploy.report.ComparisonMarkdown;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ComparisonTest {
    private static final Duration DEPLOY = Duration.ofMinutes(30);

    private final Catalogue catalogue = Catalogue.load();
    private final Offer first = OfferReader.load(Path.of("docs/offer-example.yaml"), catalogue);
    private final Offer second = OfferReader.load(Path.of("docs/offer-example-2.yaml"), catalogue);

    @Test
    void anHourOfVideoCostsWhatTheFormulaSays() {
        // 108000 frames, 1920·1080 / (768·1408) of the reference's pixels, 17 a second.
        VideoWork work = VideoWork.on(first.gpu(), catalogue).orElseThrow();

        assertThat(work.time()).isEqualTo(Duration.ofSeconds(12_182));
        assertThat(work.measured()).isFalse();
        assertThat(cell(compare(first), "An hour of 1080p video", 0))
                .isEqualTo("3 h 23 min, 6.12 USD (expected, not measured)");
    }

    @Test
    void measuredSpeedAndAllCardsCount() {
        VideoWork work = VideoWork.on(second.gpu(), catalogue).orElseThrow();

        assertThat(work.measured()).isTrue();
        assertThat(work.time()).isEqualTo(Duration.ofSeconds(7344));
    }

    @Test
    void theSpeedOfAnUnknownCardIsNotInvented() {
        assertThat(VideoWork.on(new Offer.Gpu("H100 SXM", 1, Optional.empty()), catalogue))
                .isEmpty();
        assertThat(VideoWork.on(new Offer.Gpu("A1000", 1, Optional.empty()), catalogue))
                .isEmpty();
        assertThat(VideoWork.on(new Offer.Gpu("A100", 1, Optional.of(BigDecimal.ZERO)), catalogue))
                .isEmpty();
    }

    @Test
    void differentCurrenciesAreSaid() {
        assertThat(compare(first, second).remarks().get(0).en()).contains("RUB, USD", "not converted");
        assertThat(compare(first, first).remarks().get(0).en()).doesNotContain("currencies");
    }

    @Test
    void aDeployThatWasMeasuredCountsAsMeasured() {
        Comparison comparison = compare(first, second);

        assertThat(cell(comparison, "A deploy", 0)).isEqualTo("30 min, 1.80 USD (estimate)");
        assertThat(cell(comparison, "A deploy", 1)).isEqualTo("52 min, 4200.00 RUB (measured)");
    }

    @Test
    void whatIsSeenToBeWrongIsWrongWhateverTheProviderSays() {
        Requirement isolated = catalogue.find("gpu-isolated").orElseThrow();

        assertThat(Met.of(isolated, catalogue, first, Map.of())).isEqualTo(Met.YES);
        assertThat(Met.of(isolated, catalogue, first, Map.of("gpu-isolated", Verdict.ASK)))
                .isEqualTo(Met.YES);
        assertThat(Met.of(isolated, catalogue, first, Map.of("gpu-isolated", Verdict.FAIL)))
                .isEqualTo(Met.NO);
        assertThat(Met.of(isolated, catalogue, second, Map.of("gpu-isolated", Verdict.UNKNOWN)))
                .isEqualTo(Met.UNKNOWN);
    }

    @Test
    void whatIsComposedIsAsItsParts() {
        Requirement isolation = catalogue.find("must-isolation").orElseThrow();
        Map<String, Verdict> seen = new HashMap<>();
        isolation.from().forEach(id -> seen.put(id, Verdict.PASS));
        assertThat(Met.of(isolation, catalogue, second, seen)).isEqualTo(Met.YES);

        seen.put("gpu-steady", Verdict.FAIL);
        assertThat(Met.of(isolation, catalogue, second, seen)).isEqualTo(Met.NO);

        seen.put("gpu-steady", Verdict.ASK);
        assertThat(Met.of(isolation, catalogue, second, seen)).isEqualTo(Met.UNKNOWN);
    }

    @Test
    void nothingKnownIsNeverMet() {
        Offer unknown = offer("?", "nothing");

        Row all = row(compare(unknown), "All mandatory requirements");

        assertThat(all.cells().get(0).met()).isEqualTo(Tone.OPEN);
        assertThat(all.cells().get(0).text().en()).startsWith("0 met, 0 not, ");
    }

    @Test
    void hiddenCostsAndWhatIsNotKnownOfThemAreNamed() {
        assertThat(compare(first).hidden().get(0))
                .extracting(Wording::en)
                .contains(
                        "At least 1 h is charged: 1.80 USD.",
                        "While stopped, 60 GB cost 12.00 USD a month.",
                        "Traffic over 1000 GB a month: 0.01 USD per GB.");
        assertThat(HiddenCosts.of(offer("x", "A100")))
                .extracting(Wording::en)
                .contains(
                        "The billing step is not known.",
                        "What is charged while the machine is stopped is not known.",
                        "What storage costs while stopped is not known.",
                        "What traffic costs is not known.");
    }

    @Test
    void everyWordIsInBothLanguages() {
        Comparison comparison = compare(first, second);

        assertThat(comparison.rows())
                .filteredOn(row ->
                        !row.label().ru().equals("GPU") && !row.label().ru().equals("Conda/Miniconda"))
                .allSatisfy(row -> assertThat(row.label().ru()).containsPattern("\\p{IsCyrillic}|Git"));
        assertThat(comparison.hidden().stream().flatMap(List::stream))
                .allSatisfy(cost -> assertThat(cost.ru()).containsPattern("\\p{IsCyrillic}"));
        assertThat(comparison.remarks())
                .allSatisfy(remark -> assertThat(remark.ru()).containsPattern("\\p{IsCyrillic}"));
    }

    @Test
    void noWordsOfAnOfferBecomeMarkup() throws Exception {
        Comparison comparison = compare(offer("<script>alert(1)</script>|a\u001b[31m", "A100"), first);

        String html = ComparisonHtml.of(comparison, Language.RU);
        String markdown = ComparisonMarkdown.of(comparison, Language.EN);

        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
        assertThat(html).doesNotContain("<script").contains("&lt;script&gt;", "Предложения рядом");
        assertThat(markdown).contains("\\<script\\>").doesNotContain("\u001b", "</script>|a");
    }

    private Comparison compare(Offer... offers) {
        List<Entry> entries = List.of(offers).stream()
                .map(offer ->
                        new Entry(offer, offer.inspected().map(Inspected::load).orElse(Map.of())))
                .toList();
        return Comparison.of(catalogue, entries, DEPLOY);
    }

    private static Row row(Comparison comparison, String label) {
        return comparison.rows().stream()
                .filter(row -> row.label().en().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private static String cell(Comparison comparison, String label, int column) {
        return row(comparison, label).cells().get(column).text().en();
    }

    private static Offer offer(String name, String card) {
        return new Offer(
                name,
                new Tariff(
                        "EUR",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                new Offer.Storage(Optional.empty(), Optional.empty(), Optional.empty()),
                new Offer.Traffic(Optional.empty(), false, Optional.empty()),
                Optional.empty(),
                new Offer.Gpu(card, 1, Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }
}
