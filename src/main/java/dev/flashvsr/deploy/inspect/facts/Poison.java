package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Variables that mislead builds (probe {@code user.env}: lines {@code WHERE|NAME=VALUE}).
 *
 * @param variables by their names; the values of secrets are not shown
 * @param preloads libraries that are put before every program
 */
public record Poison(TreeMap<String, String> variables, List<String> preloads) {
    private static final Set<String> WORST =
            Set.of("LD_PRELOAD", "BASH_ENV", "ENV", "PYTHONHOME", "PYTHONPATH", "CPATH", "LIBRARY_PATH");

    /** Keeps copies. */
    public Poison {
        variables = new TreeMap<>(variables);
        preloads = List.copyOf(preloads);
    }

    /** Empty where the probe did not answer; one without variables where it found none. */
    public static Optional<Poison> of(Evidence evidence) {
        return evidence.of("user.env").filter(output -> output.ok()).map(output -> of(ProbeText.lines(output.text())));
    }

    /** Of them, those that break builds which do not empty their environment. */
    public List<String> worst() {
        return variables.keySet().stream().filter(WORST::contains).toList();
    }

    /** Software that lends parts of one card to several is loaded into every program. */
    public boolean sharesGpu() {
        return preloads.stream().anyMatch(file -> file.contains("vgpu"))
                || variables.getOrDefault("LD_PRELOAD", "").contains("vgpu")
                || variables.keySet().stream().anyMatch(name -> name.startsWith("CUDA_DEVICE_MEMORY_LIMIT"));
    }

    private static Poison of(List<String> lines) {
        TreeMap<String, String> variables = lines.stream()
                .filter(line -> !line.startsWith("preload|"))
                .map(line -> line.substring(line.indexOf('|') + 1))
                .filter(pair -> pair.matches("[A-Za-z_][A-Za-z0-9_]*=.*"))
                .collect(Collectors.toMap(
                        pair -> pair.substring(0, pair.indexOf('=')),
                        pair -> pair.substring(pair.indexOf('=') + 1),
                        (one, other) -> one,
                        TreeMap::new));
        return new Poison(
                variables,
                ProbeText.rows(lines, "preload", 1).stream()
                        .map(row -> row.get(0))
                        .toList());
    }
}
