package dev.flashvsr.deploy.inspect.probe;

import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.Words;
import dev.flashvsr.deploy.yaml.YamlFields;
import dev.flashvsr.deploy.yaml.YamlMap;
import dev.flashvsr.deploy.yaml.YamlNode;
import dev.flashvsr.deploy.yaml.YamlScalar;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of {@code probes.yaml}. */
final class ProbesReader {
    private static final Pattern ID = Pattern.compile("[a-z]+(\\.[a-z0-9-]+)+");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofMinutes(10);

    private final Problems problems;
    private final Map<String, String> shared = new LinkedHashMap<>();
    private final Map<String, Probe> probes = new LinkedHashMap<>();

    ProbesReader(Problems problems) {
        this.problems = problems;
    }

    List<Probe> read(YamlNode document) {
        YamlFields.of(document, "the probes", problems).ifPresent(this::document);
        return List.copyOf(probes.values());
    }

    private void document(YamlFields fields) {
        for (YamlMap.Entry entry : fields.entries("shared")) {
            fields.text(entry.value(), Words.quoted(entry.key().text()))
                    .ifPresent(text -> shared.put(entry.key().text(), text.text()));
        }
        for (YamlNode node : fields.list("probes").orElse(List.of())) {
            YamlFields.of(node, "a probe", problems).ifPresent(this::probe);
        }
        fields.rejectUnknown();
    }

    private void probe(YamlFields fields) {
        Optional<YamlScalar> id = fields.required("id");
        Optional<YamlScalar> lane = fields.required("lane");
        Optional<Duration> limit = fields.duration("limit", LEAST, MOST);
        List<YamlScalar> vars = fields.texts("vars").orElse(List.of());
        List<YamlScalar> uses = fields.texts("use").orElse(List.of());
        Optional<YamlScalar> command = fields.required("command");
        fields.rejectUnknown();
        if (limit.isEmpty()) {
            problems.add(fields.place().problem("\"limit\" is missing"));
        }
        lane.filter(word -> !Probes.LANES.contains(word.text()))
                .ifPresent(word -> problems.add(word.place().problem("there is no lane " + word.described())));
        vars.stream()
                .filter(name -> !VARIABLE.matcher(name.text()).matches())
                .forEach(name -> problems.add(name.place().problem(name.described() + " is no name of a variable")));
        String before = before(uses);
        if (id.isEmpty() || lane.isEmpty() || limit.isEmpty() || command.isEmpty()) {
            return;
        }
        String name = id.get().text();
        if (!ID.matcher(name).matches()) {
            problems.add(id.get().place().problem(id.get().described() + " is no id such as gpu.xml"));
        }
        Probe probe = new Probe(
                name,
                lane.get().text(),
                limit.get(),
                vars.stream().map(YamlScalar::text).toList(),
                before + command.get().text());
        if (probes.put(name, probe) != null) {
            problems.add(
                    id.get().place().problem("there are two probes " + id.get().described()));
        }
    }

    private String before(List<YamlScalar> uses) {
        StringBuilder before = new StringBuilder();
        for (YamlScalar use : uses) {
            String piece = shared.get(use.text());
            if (piece == null) {
                problems.add(use.place().problem("nothing shared is named " + use.described()));
            } else {
                before.append(piece);
            }
        }
        return before.toString();
    }
}
