package dev.flashvsr.deploy.inspect.probe;

import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.yaml.YamlDocument;
import java.util.List;
import java.util.Optional;

/** All probes, read from {@code probes.yaml}. */
public final class Probes {
    /** What runs beside each other; within a lane one probe runs after another. */
    public static final List<String> LANES = List.of("system", "gpu", "disk", "net");

    private static final List<Probe> ALL = load();

    private Probes() {}

    /** All of them, in the file's order. */
    public static List<Probe> all() {
        return ALL;
    }

    /** The one of this id. */
    public static Optional<Probe> find(String id) {
        return ALL.stream().filter(probe -> probe.id().equals(id)).findFirst();
    }

    private static List<Probe> load() {
        Problems problems = new Problems();
        List<Probe> probes = YamlDocument.resource("/dev/flashvsr/deploy/inspect/probes.yaml", problems)
                .map(new ProbesReader(problems)::read)
                .orElse(List.of());
        problems.throwIfAny();
        return probes;
    }
}
