package dev.flashvsr.deploy.inspect.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading is strict, every mistake has its place, and the schema for editors says the same. */
class CatalogueReaderTest {
    private static final Path SHIPPED = Path.of("src/main/resources/dev/flashvsr/deploy/inspect/catalogue.yaml");
    private static final String SMALL = """
            version: 1
            parts:
              - title: {en: "Machine", ru: "Машина"}
                requirements:
                  - id: memory
                    key: "1-1"
                    line: 3
                    text: {en: "Memory?", ru: "Память?"}
                    severity: mandatory
                    way: probe
                    rule: memory
                    limits: {least_gib: 16, driver_version: "550.54.14"}
                    probes: [mem.limits]
                  - id: price
                    key: "1-2"
                    text: {en: "Price?", ru: "Цена?"}
                    severity: informational
                    way: question
                    from: [memory]
                    question: costs
            letter:
              subject: {en: "s", ru: "т"}
              greeting: {en: "s", ru: "т"}
              good: {en: "s", ru: "т"}
              about_title: {en: "s", ru: "т"}
              about: [{en: "s", ru: "т"}]
              closing: {en: "s", ru: "т"}
              topics:
                - title: {en: "Money", ru: "Деньги"}
                  questions:
                    - id: costs
                      ask: {en: "What does it cost?", ru: "Сколько стоит?"}
                      good: {en: "a price", ru: "цена"}
            """;

    @Test
    void readsEveryKey() {
        Catalogue catalogue = read(SMALL);

        Requirement memory = catalogue.find("memory").orElseThrow();
        assertThat(memory.limit("least_gib")).isEqualTo(16);
        assertThat(memory.limit("driver_version")).isEqualTo(550_054_014);
        assertThat(memory.isOurs()).isFalse();
        Requirement price = catalogue.find("price").orElseThrow();
        assertThat(price.question()).contains(new Wording("What does it cost?", "Сколько стоит?"));
        assertThat(price.goodAnswer()).contains(new Wording("a price", "цена"));
        assertThat(price.from()).containsExactly("memory");
        assertThat(price.isOurs()).isTrue();
        assertThat(catalogue.askedBy(
                        catalogue.letter().topics().get(0).questions().get(0)))
                .containsExactly(price);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            severity: mandatory       | severity: mandatry        | 9:19  | did you mean "mandatory"
            way: question             | way: guess                | 18:14 | can't be "guess"
            question: costs           | question: cost            | 20:19 | did you mean "costs"
            from: [memory]            | from: [memori]            | 19:16 | did you mean "memory"
            id: price                 | id: memory                | 14:13 | is here a second time
            key: "1-2"                | key: "1-1"                | 15:14 | is here a second time
            least_gib: 16             | least_gib: much           | 12:29 | must be a number
            "550.54.14"               | 550.54                    | 12:49 | must be a version in quotes
            probes: [mem.limits]      | probs: [mem.limits]       | 13:9  | did you mean "probes"
            ru: "Память?"             | ru: " "                   | 8:35  | says nothing
            , ru: "Цена?"             | ``                        | 16:15 | "ru" is missing
            version: 1                | version: 2                | 1:10  | must be 1
            line: 3                   | line: 0                   | 7:15  | a whole number from 1
            """)
    void namesThePlaceOfAMistake(String right, String wrong, String place, String says) {
        String text = SMALL.replace(right, wrong);
        assertThat(text).isNotEqualTo(SMALL);

        assertThatThrownBy(() -> read(text))
                .hasMessageContaining("small.yaml:" + place)
                .hasMessageContaining(says);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            severity: mandatory       | severity: mandatry
            way: question             | way: guess
            least_gib: 16             | least_gib: much
            "550.54.14"               | 550.54
            probes: [mem.limits]      | probs: [mem.limits]
            ru: "Память?"             | ru: " "
            , ru: "Цена?"             | ``
            version: 1                | version: 2
            line: 3                   | line: 0
            question: costs           | ``
            """)
    void theSchemaRefusesWhatTheReaderRefuses(String right, String wrong) throws IOException {
        String text = SMALL.replace(right, wrong);

        assertThatThrownBy(() -> read(text)).isInstanceOf(RuntimeException.class);
        assertThat(schema().validate(text, InputFormat.YAML)).isNotEmpty();
    }

    @Test
    void theSchemaTakesWhatTheReaderTakes() throws IOException {
        assertThat(schema().validate(SMALL, InputFormat.YAML)).isEmpty();
        assertThat(schema().validate(Files.readString(SHIPPED), InputFormat.YAML))
                .isEmpty();
        assertThat(read(Files.readString(SHIPPED))).isEqualTo(Catalogue.load());
    }

    @Test
    void versionsCompareAsVersions() {
        assertThat(VersionNumber.of("12.10").orElseThrow())
                .isGreaterThan(VersionNumber.of("12.4").orElseThrow());
        assertThat(VersionNumber.of("525.60.13").orElseThrow())
                .isLessThan(VersionNumber.of("525.85").orElseThrow());
        assertThat(VersionNumber.of("2.5.1+cu121")).hasValue(2_005_001);
        assertThat(VersionNumber.of("none")).isEmpty();
        assertThat(VersionNumber.of("")).isEmpty();
    }

    private static Catalogue read(String text) {
        return CatalogueReader.read("small.yaml", text.getBytes(UTF_8));
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SHIPPED.resolveSibling("catalogue.schema.json")), InputFormat.JSON);
    }
}
