package dev.flashvsr.deploy.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.json.JsonArray;
import dev.flashvsr.deploy.json.JsonObject;
import dev.flashvsr.deploy.json.JsonValue;
import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.yaml.YamlDocument;
import dev.flashvsr.deploy.yaml.YamlList;
import dev.flashvsr.deploy.yaml.YamlMap;
import dev.flashvsr.deploy.yaml.YamlNode;
import dev.flashvsr.deploy.yaml.YamlScalar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema for editors and the loader say the same. */
class PlaybookSchemaTest {
    /** First line of a broken playbook that no schema can tell from a right one. */
    private static final String NOT_EXPRESSIBLE = "# The schema can't say this.";

    private static final String TEXT = schemaText();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TEXT, InputFormat.JSON);

    @ParameterizedTest
    @MethodSource("rightPlaybooks")
    void takesWhatTheLoaderTakes(Path playbook) {
        assertThat(complaints(playbook).orElseThrow()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("wrongPlaybooks")
    void refusesWhatTheLoaderRefuses(Path playbook) throws IOException {
        boolean expressible = !Files.readString(playbook).startsWith(NOT_EXPRESSIBLE);

        List<Error> complaints = complaints(playbook).orElseThrow();

        assertThat(!complaints.isEmpty()).as(complaints.toString()).isEqualTo(expressible);
    }

    @Test
    void namesTheSameVariablesAsTaken() {
        JsonObject variable = Json.parseObject(TEXT).object("$defs").object("variable");
        List<JsonValue> not = variable.object("not").array("anyOf").values();
        List<JsonValue> taken = ((JsonObject) not.get(1)).array("enum").values();

        assertThat(taken)
                .extracting(name -> ((JsonValue.Text) name).value())
                .containsExactlyInAnyOrderElementsOf(Names.TAKEN);
    }

    static Stream<Path> rightPlaybooks() throws IOException {
        Path fixtures = Path.of("src/test/resources/dev/flashvsr/deploy/playbook/valid");
        return Stream.of(fixtures, Path.of("playbooks"))
                .flatMap(PlaybookSchemaTest::list)
                .map(directory -> directory.resolve("playbook.yaml"))
                .filter(Files::exists);
    }

    /** Those that are YAML at all. */
    static Stream<Path> wrongPlaybooks() throws IOException {
        return PlaybookErrorsTest.playbooks().stream()
                .map(name -> PlaybookErrorsTest.ERRORS.resolve(name + ".yaml"))
                .filter(playbook -> complaints(playbook).isPresent());
    }

    private static Stream<Path> list(Path directory) {
        try (Stream<Path> found = Files.list(directory)) {
            return found.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty if the file is no YAML that can be read. */
    private static Optional<List<Error>> complaints(Path playbook) {
        Problems problems = new Problems();
        return YamlDocument.load(playbook, problems)
                .filter(node -> problems.isEmpty())
                .map(node -> SCHEMA.validate(Json.compact(json(node)), InputFormat.JSON));
    }

    /** As an editor sees it: by the core schema of YAML 1.2. */
    private static JsonValue json(YamlNode node) {
        if (node instanceof YamlMap map) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            map.entries().forEach(entry -> members.put(entry.key().text(), json(entry.value())));
            return new JsonObject(members);
        }
        if (node instanceof YamlList list) {
            return new JsonArray(
                    list.items().stream().map(PlaybookSchemaTest::json).toList());
        }
        return scalar((YamlScalar) node);
    }

    private static JsonValue scalar(YamlScalar scalar) {
        if (scalar.isNothing()) {
            return new JsonValue.Null();
        }
        if (scalar.plain() && scalar.text().matches("true|True|TRUE|false|False|FALSE")) {
            return new JsonValue.Bool(scalar.text().equalsIgnoreCase("true"));
        }
        if (scalar.plain() && scalar.text().matches("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?")) {
            return new JsonValue.Number(new BigDecimal(scalar.text()));
        }
        return new JsonValue.Text(scalar.text());
    }

    private static String schemaText() {
        try (InputStream in = PlaybookSchemaTest.class.getResourceAsStream("playbook.schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
