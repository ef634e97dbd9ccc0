package dev.flashvsr.deploy.playbook;

import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.Words;
import dev.flashvsr.deploy.yaml.YamlFields;
import dev.flashvsr.deploy.yaml.YamlScalar;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys of one step. */
final class StepReader {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration CHECK_TIMEOUT = Duration.ofMinutes(10);
    private static final long LOG_LIMIT = 256L << 20;
    private static final int MAX_REVISION = 1_000_000;

    private final YamlFields fields;
    private final Collection<String> variables;
    private final Collection<String> secrets;
    private final PlaybookFiles files;
    private final Problems problems;

    StepReader(
            YamlFields fields,
            Collection<String> variables,
            Collection<String> secrets,
            PlaybookFiles files,
            Problems problems) {
        this.fields = fields;
        this.variables = variables;
        this.secrets = secrets;
        this.files = files;
        this.problems = problems;
    }

    /** Empty if it has no id. */
    Optional<StepDraft> read() {
        Optional<YamlScalar> id = fields.required("id");
        id.ifPresent(this::id);
        Optional<String> title = fields.text("title").flatMap(this::title);
        String script = new ScriptReader(fields, files, problems).read();
        Optional<List<YamlScalar>> needs = fields.texts("needs");
        needs.ifPresent(ids -> Distinct.texts(ids, problems));
        Step step = new Step(
                id.map(YamlScalar::text).orElse(""),
                title.or(() -> id.map(YamlScalar::text)).orElse(""),
                script,
                List.of(),
                inputs(),
                secrets(),
                files(),
                fields.integer("revision", 1, MAX_REVISION).orElse(1),
                locks(),
                fields.duration("timeout", SECOND, WEEK),
                fields.duration("check_timeout", SECOND, WEEK).orElse(CHECK_TIMEOUT),
                fields.size("log_limit", 1024).orElse(LOG_LIMIT),
                new LimitsReader(problems).retries(fields),
                progress(),
                new LimitsReader(problems).estimate(fields),
                fields.bool("verify").orElse(false),
                new ProductsReader(problems).read(fields));
        fields.rejectUnknown();
        return id.map(at -> new StepDraft(at, needs, step));
    }

    private void id(YamlScalar id) {
        Names.wrongId(id.text())
                .ifPresent(why -> problems.add(id.place().problem(Words.quoted(id.text()) + " " + why)));
    }

    private Optional<String> title(YamlScalar title) {
        if (title.text().isBlank() || title.text().chars().anyMatch(Character::isISOControl)) {
            problems.add(title.place().problem("\"title\" must be one line of text"));
        }
        return Optional.of(title.text());
    }

    private List<String> inputs() {
        List<YamlScalar> inputs = fields.texts("inputs").orElse(List.of());
        for (YamlScalar input : inputs) {
            String name = input.text();
            if (name.equals(Values.ROOT)) {
                problems.add(input.place()
                        .problem("\"root\" can't be an input", Optional.of("it reaches every step by itself")));
            } else if (secrets.contains(name)) {
                problems.add(input.place()
                        .problem(
                                Words.quoted(name) + " is a secret and can't be an input",
                                Optional.of("name it in \"secrets\" of the step")));
            } else if (!variables.contains(name)) {
                problems.add(
                        input.place().problem("undefined variable " + Words.quoted(name), Words.hint(name, variables)));
            }
        }
        return Distinct.texts(inputs, problems);
    }

    private List<String> secrets() {
        List<YamlScalar> names = fields.texts("secrets").orElse(List.of());
        for (YamlScalar secret : names) {
            String name = secret.text();
            if (variables.contains(name) || name.equals(Values.ROOT)) {
                problems.add(secret.place()
                        .problem(
                                Words.quoted(name) + " is a variable, not a secret",
                                Optional.of("a variable is named in \"inputs\"")));
            } else if (!secrets.contains(name)) {
                problems.add(secret.place()
                        .problem(
                                "undefined secret " + Words.quoted(name),
                                Words.nearest(name, secrets)
                                        .map(right -> "did you mean " + Words.quoted(right) + "?")
                                        .or(() -> Optional.of("list it in \"secrets\" of the playbook, too"))));
            }
        }
        return Distinct.texts(names, problems);
    }

    private Map<String, StepFile> files() {
        List<YamlScalar> names = fields.texts("files").orElse(List.of());
        Distinct.texts(names, problems);
        Map<String, StepFile> found = new LinkedHashMap<>();
        for (YamlScalar name : names) {
            files.file(name).ifPresent(file -> found.put(name.text(), file));
        }
        return found;
    }

    private List<String> locks() {
        List<YamlScalar> locks = fields.texts("locks").orElse(List.of());
        locks.forEach(this::id);
        return Distinct.texts(locks, problems);
    }

    private Optional<ProgressFormat> progress() {
        return fields.text("progress").flatMap(word -> {
            Optional<ProgressFormat> format = Stream.of(ProgressFormat.values())
                    .filter(known -> known.word().equals(word.text()))
                    .findFirst();
            if (format.isEmpty()) {
                List<String> known = Stream.of(ProgressFormat.values())
                        .map(ProgressFormat::word)
                        .toList();
                problems.add(word.place()
                        .problem(
                                "unknown progress format " + Words.quoted(word.text()),
                                Words.hint(word.text(), known)));
            }
            return format;
        });
    }
}
