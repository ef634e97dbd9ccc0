package dev.flashvsr.deploy.inspect.catalogue;

import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.Words;
import dev.flashvsr.deploy.yaml.YamlFields;
import dev.flashvsr.deploy.yaml.YamlMap;
import dev.flashvsr.deploy.yaml.YamlNode;
import dev.flashvsr.deploy.yaml.YamlScalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** The figures of a requirement: numbers, and dotted versions where the name ends in {@code _version}. */
final class LimitsReader {
    private static final String NAME = "[a-z][a-z0-9]*(_[a-z0-9]+)*";
    private static final String NUMBER = "[0-9]{1,12}(\\.[0-9]{1,6})?";
    private static final String VERSION = "[0-9]{1,6}(\\.[0-9]{1,3}){0,2}";

    private final Problems problems;

    LimitsReader(Problems problems) {
        this.problems = problems;
    }

    Map<String, Double> limits(YamlFields fields) {
        Map<String, Double> limits = new LinkedHashMap<>();
        for (YamlMap.Entry entry : fields.entries("limits")) {
            String name = entry.key().text();
            if (!name.matches(NAME)) {
                problems.add(entry.key().place().problem("a limit's name is made of small letters, digits and _"));
            }
            number(name, entry.value()).ifPresent(value -> limits.put(name, value));
        }
        return limits;
    }

    private OptionalDouble number(String name, YamlNode node) {
        boolean version = name.endsWith("_version");
        if (node instanceof YamlScalar scalar) {
            if (version && !scalar.plain() && scalar.text().matches(VERSION)) {
                return VersionNumber.of(scalar.text());
            }
            if (!version && scalar.plain() && scalar.text().matches(NUMBER)) {
                return OptionalDouble.of(Double.parseDouble(scalar.text()));
            }
        }
        String expected = version ? "a version in quotes, such as \"12.4\"" : "a number";
        problems.add(node.place().problem(Words.quoted(name) + " must be " + expected + ", not " + node.described()));
        return OptionalDouble.empty();
    }
}
