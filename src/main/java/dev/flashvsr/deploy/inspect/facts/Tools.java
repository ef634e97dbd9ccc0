package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commands by their names (probe {@code tools.versions}: lines {@code NAME|PATH|FIRST LINE}). */
public record Tools(Map<String, Tool> all) {
    /** Keeps a copy. */
    public Tools {
        all = Map.copyOf(all);
    }

    /**
     * A command that is there.
     *
     * @param version empty where what it says names none, or it did not run
     */
    public record Tool(String path, Optional<Version> version) {}

    /** Empty where the probe named no tool at all, present or not. */
    public static Optional<Tools> of(Evidence evidence) {
        Map<String, Tool> all = new LinkedHashMap<>();
        boolean any = false;
        for (String line : ProbeText.lines(evidence, "tools.versions")) {
            String[] fields = line.split("\\|", 3);
            if (fields.length == 3 && fields[0].matches("[a-z0-9+._-]{1,40}")) {
                any = true;
                if (!fields[1].isBlank()) {
                    all.put(fields[0], new Tool(fields[1], version(fields[0], fields[2])));
                }
            }
        }
        return any ? Optional.of(new Tools(all)) : Optional.empty();
    }

    /** The one of this name. */
    public Optional<Tool> find(String name) {
        return Optional.ofNullable(all.get(name));
    }

    /** Those of these that are not there. */
    public List<String> missing(List<String> names) {
        return names.stream().filter(name -> !all.containsKey(name)).toList();
    }

    private static Optional<Version> version(String name, String line) {
        // gcc -dumpfullversion prints a bare number, which may have no dot in old ones.
        return name.startsWith("gcc") || name.startsWith("g++") ? Version.of(line) : Version.in(line);
    }
}
