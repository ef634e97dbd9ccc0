package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Pairs of gcc and g++ (probe {@code tools.versions}). */
public record Compilers(List<Compiler> all) {
    /** Keeps a copy. */
    public Compilers {
        all = List.copyOf(all);
    }

    /** {@code gcc} or {@code gcc-12}, with the g++ that goes with it. */
    public record Compiler(String gcc, String gxx, Version version) {}

    /** Empty where the probe did not answer; an empty list where there is none. The usual one comes first, then newer before older. */
    public static Optional<Compilers> of(Evidence evidence) {
        return Tools.of(evidence)
                .map(tools -> new Compilers(tools.all().keySet().stream()
                        .filter(name -> name.matches("g\\+\\+(-[0-9]{1,2})?"))
                        .map(gxx -> pair(tools, gxx))
                        .flatMap(Optional::stream)
                        .sorted(Comparator.comparing((Compiler one) -> !one.gxx.equals("g++"))
                                .thenComparing(Compiler::version, Comparator.reverseOrder()))
                        .toList()));
    }

    /** The first that is no newer than this. */
    public Optional<Compiler> noNewerThan(Version most) {
        return all.stream().filter(one -> one.version.major() <= most.major()).findFirst();
    }

    private static Optional<Compiler> pair(Tools tools, String gxx) {
        String gcc = gxx.replace("g++", "gcc");
        return tools.find(gcc)
                .flatMap(found ->
                        tools.find(gxx).flatMap(Tools.Tool::version).map(version -> new Compiler(gcc, gxx, version)));
    }
}
