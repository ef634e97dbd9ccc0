package dev.flashvsr.deploy.inspect.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * What stands below one heading of the document.
 *
 * @param section the heading above this one, where this is the first part below it
 * @param title its own heading, with its number as printed
 */
public record Part(Optional<Wording> section, Wording title, List<Requirement> requirements) {
    /** Keeps a copy. */
    public Part {
        requirements = List.copyOf(requirements);
    }

    /** Whether it is one of the document's closing lists, whose keys are such as {@code M-1} and {@code D-1}. */
    public boolean closes() {
        return !requirements.isEmpty()
                && requirements.stream().allMatch(one -> one.key().matches("[MD]-.*"));
    }

    /** Whether all of it is what the document forgets. */
    public boolean isOurs() {
        return !requirements.isEmpty() && requirements.stream().allMatch(Requirement::isOurs);
    }
}
