package dev.flashvsr.deploy.inspect.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All requirements, in the document's order, then ours.
 *
 * @param letter what is asked of a provider
 */
public record Catalogue(List<Part> parts, Letter letter) {
    /** Keeps a copy. */
    public Catalogue {
        parts = List.copyOf(parts);
    }

    /** With no question to ask. */
    public Catalogue(List<Part> parts) {
        this(parts, Letter.NONE);
    }

    /** The one that this program is shipped with; read once. */
    public static Catalogue load() {
        return CatalogueReader.shipped();
    }

    /**
     * The ids of the one that this program is shipped with, without reading the rest: that takes a third of a second in a
     * process that has just started, and every command that reads a playbook needs the ids.
     */
    public static Set<String> ids() {
        return CatalogueReader.shippedIds();
    }

    /** Every requirement, in order. */
    public List<Requirement> requirements() {
        return parts.stream().flatMap(part -> part.requirements().stream()).toList();
    }

    /** The one of this id. */
    public Optional<Requirement> find(String id) {
        return Optional.ofNullable(byId().get(id));
    }

    /** All of them by id, in order. */
    public Map<String, Requirement> byId() {
        Map<String, Requirement> byId = new LinkedHashMap<>();
        requirements().forEach(requirement -> byId.put(requirement.id(), requirement));
        return byId;
    }

    /** The requirements that this question is asked for, in order. */
    public List<Requirement> askedBy(Question question) {
        return requirements().stream()
                .filter(requirement -> requirement.question().equals(Optional.of(question.ask())))
                .toList();
    }
}
