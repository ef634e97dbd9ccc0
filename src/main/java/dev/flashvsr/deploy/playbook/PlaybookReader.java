package dev.flashvsr.deploy.playbook;

import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.Words;
import dev.flashvsr.deploy.yaml.YamlFields;
import dev.flashvsr.deploy.yaml.YamlList;
import dev.flashvsr.deploy.yaml.YamlMap;
import dev.flashvsr.deploy.yaml.YamlNode;
import dev.flashvsr.deploy.yaml.YamlScalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The keys of a playbook at the top of its file. */
final class PlaybookReader {
    private static final int VERSION = 1;
    private static final int MAX_STEPS = 500;

    /** The environment file of a playbook bears its name, and this one is the inventory. */
    private static final String INVENTORY = "boxes";

    private final Path file;
    private final YamlFields fields;
    private final Supplier<Set<String>> requirements;
    private final Problems problems;
    private final PlaybookFiles files;

    PlaybookReader(Path file, YamlFields fields, Supplier<Set<String>> requirements, Problems problems) {
        this.requirements = requirements;
        this.file = file;
        this.fields = fields;
        this.problems = problems;
        this.files = new PlaybookFiles(file, problems);
    }

    /** The playbook; of use only if no problem was found. */
    Playbook read() {
        version();
        String name = fields.required("name").flatMap(this::name).orElse("");
        String library = library();
        List<String> requires = requires();
        Map<String, String> variables = variables();
        List<String> secrets = secrets(variables);
        List<Step> steps = steps(variables, secrets);
        fields.rejectUnknown();
        return new Playbook(name, file, library, requires, variables, secrets, steps);
    }

    private void version() {
        if (fields.key("version").isEmpty()) {
            problems.add(fields.place()
                    .problem("\"version\" is missing", Optional.of("write \"version: " + VERSION + "\"")));
        }
        fields.integer("version", VERSION, VERSION);
    }

    private Optional<String> name(YamlScalar name) {
        if (name.text().equals(INVENTORY)) {
            problems.add(name.place()
                    .problem("a playbook can't be named \"boxes\"", Optional.of("env/boxes.yaml is the inventory")));
        }
        return id(name);
    }

    private Optional<String> id(YamlScalar id) {
        Names.wrongId(id.text())
                .ifPresent(why -> problems.add(id.place().problem(Words.quoted(id.text()) + " " + why)));
        return Optional.of(id.text());
    }

    /** All of its files in one text, each ending with a line end. */
    private String library() {
        List<YamlScalar> names = fields.textOrTexts("library");
        Distinct.texts(names, problems);
        return names.stream()
                .flatMap(name -> files.script(name).stream())
                .map(text -> text.endsWith("\n") ? text : text + "\n")
                .collect(Collectors.joining());
    }

    private List<String> requires() {
        List<YamlScalar> ids = fields.texts("requires").orElse(List.of());
        Set<String> known = ids.isEmpty() ? Set.of() : requirements.get();
        for (YamlScalar id : ids) {
            if (!known.isEmpty() && !known.contains(id.text())) {
                problems.add(id.place()
                        .problem(
                                "there is no requirement " + Words.quoted(id.text()),
                                Words.hint(id.text(), known)
                                        .or(() -> Optional.of("'inspect' lists them with their ids"))));
            } else {
                id(id);
            }
        }
        return Distinct.texts(ids, problems);
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (YamlMap.Entry entry : fields.entries("vars")) {
            String name = entry.key().text();
            Names.wrongVariable(name).ifPresent(why -> wrongName(entry.key(), why));
            fields.text(entry.value(), Words.quoted(name)).ifPresent(value -> {
                Values.wrong(name, value.text())
                        .ifPresent(why -> problems.add(
                                Values.shown(value.text(), value.place().problem(Words.quoted(name) + " " + why))));
                variables.put(name, value.text());
            });
            variables.putIfAbsent(name, "");
        }
        return variables;
    }

    private List<String> secrets(Map<String, String> variables) {
        List<YamlScalar> secrets = fields.texts("secrets").orElse(List.of());
        for (YamlScalar secret : secrets) {
            Optional<String> why = secret.text().equals(Values.ROOT) || variables.containsKey(secret.text())
                    ? Optional.of("is a variable already")
                    : Names.wrongVariable(secret.text());
            why.ifPresent(reason -> wrongName(secret, reason));
        }
        return Distinct.texts(secrets, problems);
    }

    private void wrongName(YamlScalar name, String why) {
        problems.add(name.place().problem("the name " + Words.quoted(name.text()) + " " + why));
    }

    private List<Step> steps(Map<String, String> variables, List<String> secrets) {
        if (fields.key("steps").isEmpty()) {
            problems.add(fields.place().problem("\"steps\" is missing"));
        }
        List<YamlNode> nodes = fields.list("steps").orElse(List.of());
        fields.node("steps")
                .filter(node -> node instanceof YamlList && (nodes.isEmpty() || nodes.size() > MAX_STEPS))
                .ifPresent(node -> problems.add(
                        node.place().problem("a playbook has from 1 to " + MAX_STEPS + " steps, not " + nodes.size())));
        if (nodes.size() > MAX_STEPS) {
            return List.of();
        }
        List<StepDraft> drafts = new ArrayList<>();
        for (YamlNode node : nodes) {
            YamlFields.of(node, "a step", problems)
                    .flatMap(step -> new StepReader(step, variables.keySet(), secrets, files, problems).read())
                    .ifPresent(drafts::add);
        }
        return StepGraph.order(drafts, problems);
    }
}
