package dev.flashvsr.deploy.inspect.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.ProblemsException;
import dev.flashvsr.deploy.yaml.YamlDocument;
import dev.flashvsr.deploy.yaml.YamlFields;
import dev.flashvsr.deploy.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads {@code catalogue.yaml}: strictly, every mistake with its place. */
public final class CatalogueReader {
    private static final String RESOURCE = "/dev/flashvsr/deploy/inspect/catalogue.yaml";

    /** How a requirement begins. */
    private static final String ID = "      - id: ";

    private final Problems problems;

    private CatalogueReader(Problems problems) {
        this.problems = problems;
    }

    /** The one that this program is shipped with. */
    static Catalogue shipped() {
        return Shipped.CATALOGUE;
    }

    /** Its ids alone, by the form that its lines have. */
    static Set<String> shippedIds() {
        return new String(shippedBytes(), UTF_8)
                .lines()
                .filter(line -> line.startsWith(ID))
                .map(line -> line.substring(ID.length()).strip())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * The catalogue in these bytes.
     *
     * @param name what messages call the file
     * @throws ProblemsException if it does not hold
     */
    public static Catalogue read(String name, byte[] bytes) {
        Problems problems = new Problems();
        Optional<Catalogue> catalogue = YamlDocument.read(name, bytes, problems)
                .flatMap(node -> YamlFields.of(node, "a catalogue", problems))
                .map(fields -> new CatalogueReader(problems).catalogue(fields));
        problems.throwIfAny();
        return catalogue.orElseGet(() -> new Catalogue(List.of()));
    }

    private Catalogue catalogue(YamlFields fields) {
        if (fields.key("version").isEmpty()) {
            problems.add(fields.place().problem("\"version\" is missing"));
        }
        fields.integer("version", 1, 1);
        Letter letter = fields.map("letter")
                .map(letterFields -> new LetterReader(problems).letter(letterFields))
                .orElse(Letter.NONE);
        Map<String, Question> questions = new LinkedHashMap<>();
        letter.topics().forEach(topic -> topic.questions().forEach(question -> questions.put(question.id(), question)));
        RequirementReader requirements = new RequirementReader(problems, questions);
        List<Part> parts = items(fields, "parts", "a part", problems, part -> part(part, requirements));
        requirements.finish();
        fields.rejectUnknown();
        return new Catalogue(parts, letter);
    }

    private Part part(YamlFields fields, RequirementReader requirements) {
        Optional<Wording> section = WordingReader.optional(fields, "section", problems);
        Wording title = WordingReader.required(fields, "title", problems);
        List<Requirement> found = items(fields, "requirements", "a requirement", problems, requirements::requirement);
        fields.rejectUnknown();
        return new Part(section, title, found);
    }

    /** The items of a list that must be there, each of them a map. */
    static <T> List<T> items(
            YamlFields fields, String key, String what, Problems problems, Function<YamlFields, T> reader) {
        if (fields.key(key).isEmpty()) {
            problems.add(fields.place().problem("\"" + key + "\" is missing"));
        }
        List<T> items = new ArrayList<>();
        for (YamlNode node : fields.list(key).orElse(List.of())) {
            YamlFields.of(node, what, problems).map(reader).ifPresent(items::add);
        }
        return items;
    }

    /** Read when it is first asked for, and then kept. */
    private static final class Shipped {
        static final Catalogue CATALOGUE = read("catalogue.yaml", shippedBytes());
    }

    private static byte[] shippedBytes() {
        try (InputStream in = CatalogueReader.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
