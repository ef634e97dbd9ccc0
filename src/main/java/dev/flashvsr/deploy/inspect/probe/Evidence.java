package dev.flashvsr.deploy.inspect.probe;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What all probes printed, by their ids; one that was not run is missing. */
public record Evidence(Map<String, Output> outputs) {
    /** None. */
    public static final Evidence NONE = new Evidence(Map.of());

    private static final String QUICK = ".quick";

    /** Keeps a copy. */
    public Evidence {
        outputs = Map.copyOf(outputs);
    }

    /** That of one probe alone. */
    public static Evidence of(String probe, Output output) {
        return new Evidence(Map.of(probe, output));
    }

    /** What this probe printed, where it was run. */
    public Optional<Output> of(String probe) {
        return Optional.ofNullable(outputs.get(probe));
    }

    /** The text of this probe, where it ended well and said something. */
    public Optional<String> text(String probe) {
        return of(probe).filter(Output::ok).map(Output::text).filter(text -> !text.isBlank());
    }

    /** Whether it is what a person pasted. */
    public boolean isPasted() {
        return outputs.values().stream().anyMatch(Output::isPasted);
    }

    /** This and that; of a probe in both, that. */
    public Evidence and(Evidence that) {
        Map<String, Output> all = new TreeMap<>(outputs);
        all.putAll(that.outputs);
        return new Evidence(all);
    }

    /**
     * The same, where a thorough probe also answers for its {@code .quick} one: that is for those who ask for little.
     */
    public Evidence withQuick() {
        Map<String, Output> all = new TreeMap<>(outputs);
        outputs.forEach((id, output) -> all.putIfAbsent(id + QUICK, output));
        return new Evidence(all);
    }

    /** Whether it is the light form of another probe. */
    public static boolean isQuick(String probe) {
        return probe.endsWith(QUICK);
    }
}
