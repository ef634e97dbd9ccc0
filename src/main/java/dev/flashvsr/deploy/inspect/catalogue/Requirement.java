package dev.flashvsr.deploy.inspect.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One line of the catalogue.
 *
 * @param id a word of its own, such as {@code gpu-isolated}: what {@code requires} and {@code --ignore} name
 * @param key its number in the document, such as {@code 1.1-2}; {@code X-n} for those that the document forgets
 * @param line its line in the document; empty for those that the document forgets
 * @param depth 0; 1 for a line below another
 * @param text the document's own words, and their translation
 * @param rule the rule that judges it; empty for what only the provider can answer, and for those composed of others
 * @param limits the rule's figures, by name; units are in the names, as in {@code pass_mib}
 * @param probes the probes that the rule reads
 * @param cure steps of the playbook that mend it where it is not met
 * @param misleads how the probes can be wrong
 * @param question what to ask the provider
 * @param goodAnswer what a good answer looks like
 * @param from ids of those that it is composed of: the worst verdict wins
 */
public record Requirement(
        String id,
        String key,
        OptionalInt line,
        int depth,
        Wording text,
        Severity severity,
        Way way,
        Optional<String> rule,
        Map<String, Double> limits,
        List<String> probes,
        List<String> cure,
        Optional<Wording> misleads,
        Optional<Wording> question,
        Optional<Wording> goodAnswer,
        List<String> from) {
    /** Keeps copies. */
    public Requirement {
        limits = Map.copyOf(limits);
        probes = List.copyOf(probes);
        cure = List.copyOf(cure);
        from = List.copyOf(from);
    }

    /** Whether the document forgets it, and we ask. */
    public boolean isOurs() {
        return line.isEmpty();
    }

    /** The figure of this name; {@link IllegalArgumentException} where the catalogue has none. */
    public double limit(String name) {
        Double limit = limits.get(name);
        if (limit == null) {
            throw new IllegalArgumentException("the catalogue's " + id + " has no limit " + name);
        }
        return limit;
    }
}
