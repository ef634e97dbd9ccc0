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
}
