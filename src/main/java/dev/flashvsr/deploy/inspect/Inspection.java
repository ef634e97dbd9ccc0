package dev.flashvsr.deploy.inspect;

import dev.flashvsr.deploy.inspect.catalogue.Part;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One box held against the catalogue.
 *
 * @param subject what the user calls the box, or the file that was read
 * @param at when
 * @param summary what the box is, in short lines: kind, GPU, system, memory, disk, line
 * @param parts the catalogue's parts, in order
 * @param findings of every requirement of those parts, by its id
 * @param outlook what the measured speeds mean for this deploy: minutes and why; empty where nothing was measured
 */
public record Inspection(
        String subject,
        Instant at,
        List<Wording> summary,
        List<Part> parts,
        Map<String, Finding> findings,
        Optional<Wording> outlook) {
    /** Keeps copies. */
    public Inspection {
        summary = List.copyOf(summary);
        parts = List.copyOf(parts);
        findings = Map.copyOf(findings);
    }

    /** The finding of this requirement, which must be one of the parts'. */
    public Finding of(String id) {
        Finding finding = findings.get(id);
        if (finding == null) {
            throw new IllegalArgumentException("nothing was found of " + id);
        }
        return finding;
    }

    /** All findings in the document's order. */
    public List<Finding> inOrder() {
        return parts.stream()
                .flatMap(part -> part.requirements().stream())
                .map(requirement -> of(requirement.id()))
                .toList();
    }
}
