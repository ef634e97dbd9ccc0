package dev.flashvsr.deploy.playbook;

import java.util.List;
import java.util.Optional;

/**
 * What a step leaves behind, as paths below {@code root} with {@code /} between their parts. It is in no fingerprint and in
 * no plan's identity: it changes nothing of what a step does.
 *
 * @param makes files and directories that apply makes, and that can be removed
 * @param results files that are brought to the user's machine after the step ran
 * @param cache a directory of entries {@code KEY/} that are worth keeping for the next box
 */
public record Products(List<String> makes, List<String> results, Optional<String> cache) {
    /** Nothing that is known. */
    public static final Products NONE = new Products(List.of(), List.of(), Optional.empty());

    /** Copies the lists. */
    public Products {
        makes = List.copyOf(makes);
        results = List.copyOf(results);
    }
}
