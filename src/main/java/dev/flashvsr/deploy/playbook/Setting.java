package dev.flashvsr.deploy.playbook;

import dev.flashvsr.deploy.problem.Problem;
import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.Words;
import dev.flashvsr.deploy.yaml.Place;
import dev.flashvsr.deploy.yaml.YamlFields;
import dev.flashvsr.deploy.yaml.YamlMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A variable that somebody set outside the playbook, knowing where, so that a wrong one can be pointed at. */
public sealed interface Setting {
    /** The variable's name; of the right form, but perhaps not one that the playbook knows. */
    String name();

    /** Its value. */
    String value();

    /** What is wrong with it, at the place where it was written. */
    Problem problem(String what, Optional<String> next);

    /** One of an environment file or of an inventory. */
    record InFile(String name, String value, Place place) implements Setting {
        @Override
        public Problem problem(String what, Optional<String> next) {
            return place.problem(what, next);
        }
    }

    /** One of {@code --set name=value}. */
    record OnCommandLine(String name, String value) implements Setting {
        @Override
        public Problem problem(String what, Optional<String> next) {
            return new Problem(Optional.empty(), "--set " + name + "=…: " + what, next, Optional.empty());
        }
    }

    /** What was given to {@code --set}: {@code name=value}, where all after the first {@code =} is the value. */
    static Optional<Setting> parse(String option, Problems problems) {
        int equals = option.indexOf('=');
        if (equals <= 0) {
            problems.add(new Problem(
                    Optional.empty(),
                    "--set " + Words.quoted(option) + " is not NAME=VALUE",
                    Optional.of("for an empty value: NAME="),
                    Optional.empty()));
            return Optional.empty();
        }
        return Optional.of(new OnCommandLine(option.substring(0, equals), option.substring(equals + 1)));
    }

    /** A map of variables in a file, in its order. */
    static List<Setting> of(List<YamlMap.Entry> entries, YamlFields fields) {
        List<Setting> settings = new ArrayList<>();
        for (YamlMap.Entry entry : entries) {
            String name = entry.key().text();
            fields.text(entry.value(), Words.quoted(name))
                    .ifPresent(value -> settings.add(
                            new InFile(name, value.text(), entry.key().place())));
        }
        return settings;
    }
}
