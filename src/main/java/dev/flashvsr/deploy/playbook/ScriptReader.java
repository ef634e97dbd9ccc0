package dev.flashvsr.deploy.playbook;

import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.yaml.YamlFields;
import dev.flashvsr.deploy.yaml.YamlScalar;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The bash of a step: a file, or the two functions inline. */
final class ScriptReader {
    private static final String CHECK = "check";
    private static final String RUN = "run";

    private final YamlFields fields;
    private final PlaybookFiles files;
    private final Problems problems;

    ScriptReader(YamlFields fields, PlaybookFiles files, Problems problems) {
        this.fields = fields;
        this.files = files;
        this.problems = problems;
    }

    /** Bash that defines {@code check} and {@code apply}; of use only if no problem was found. */
    String read() {
        Optional<YamlScalar> file = fields.text("script");
        Optional<YamlScalar> check = fields.text(CHECK);
        Optional<YamlScalar> run = fields.text(RUN);
        boolean inline = fields.key(CHECK).isPresent() || fields.key(RUN).isPresent();
        Optional<YamlScalar> script = fields.key("script");
        if (script.isPresent() && inline) {
            problems.add(
                    script.get().place().problem("a step has either \"script\", or \"check\" and \"run\", not both"));
        } else if (script.isEmpty() && !inline) {
            problems.add(fields.place().problem("a step needs \"script\", or \"check\" and \"run\""));
        } else if (inline) {
            return inline(check, run);
        }
        return file.flatMap(this::fromFile).orElse("");
    }

    private Optional<String> fromFile(YamlScalar name) {
        Optional<String> text = files.script(name);
        text.ifPresent(bash -> Stream.of(CHECK, "apply")
                .filter(function -> !defines(bash, function))
                .forEach(function -> problems.add(name.place().problem("the script defines no " + function + "()"))));
        return text;
    }

    /** Whether {@code function} seems to be defined; bash itself has the last word. */
    private static boolean defines(String bash, String function) {
        return Pattern.compile(
                        "(?m)(^|[;{}])[ \\t]*(" + function + "[ \\t]*\\([ \\t]*\\)|function[ \\t]+" + function + "\\b)")
                .matcher(bash)
                .find();
    }

    private String inline(Optional<YamlScalar> check, Optional<YamlScalar> run) {
        missing(CHECK, RUN);
        missing(RUN, CHECK);
        return "check() {\n" + body(check) + "}\napply() {\n" + body(run) + "}\n";
    }

    private void missing(String key, String other) {
        fields.key(other)
                .map(YamlScalar::place)
                .filter(place -> fields.key(key).isEmpty())
                .ifPresent(place -> problems.add(place.problem("\"" + other + "\" without \"" + key + "\"")));
    }

    private String body(Optional<YamlScalar> bash) {
        bash.filter(text -> text.text()
                        .lines()
                        .allMatch(line -> line.isBlank() || line.strip().startsWith("#")))
                .map(YamlScalar::place)
                .ifPresent(place ->
                        problems.add(place.problem("there is no command in it", Optional.of("\"true\" does nothing"))));
        String text = bash.map(YamlScalar::text).orElse("");
        return text.endsWith("\n") ? text : text + "\n";
    }
}
