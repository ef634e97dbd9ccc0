package dev.flashvsr.deploy.inspect.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All requirements, in the document's order, then ours. */
public record Catalogue(List<Part> parts) {
    /** Keeps a copy. */
    public Catalogue {
        parts = List.copyOf(parts);
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
}
