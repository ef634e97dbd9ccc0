package dev.flashvsr.deploy.inspect.offer;

import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether an offer meets a requirement: by what was seen there, and by what its provider answered. */
public enum Met {
    YES,
    NO,
    UNKNOWN;

    /**
     * Of one requirement. What is seen or said to be wrong is wrong, whatever the other says. One that is composed of
     * others is as they are, unless it was seen or answered itself.
     */
    static Met of(Requirement requirement, Catalogue catalogue, Offer offer, Map<String, Verdict> seen) {
        return of(requirement, catalogue.byId(), offer, seen);
    }

    private static Met of(
            Requirement requirement, Map<String, Requirement> all, Offer offer, Map<String, Verdict> seen) {
        Met said = said(Optional.ofNullable(offer.answers().get(requirement.id())));
        Met own = said.and(seen(Optional.ofNullable(seen.get(requirement.id()))));
        if (own != UNKNOWN || requirement.from().isEmpty()) {
            return own;
        }
        List<Met> parts = requirement.from().stream()
                .flatMap(id -> Optional.ofNullable(all.get(id)).stream())
                .map(part -> of(part, all, offer, seen))
                .toList();
        if (parts.contains(NO)) {
            return NO;
        }
        return parts.contains(UNKNOWN) ? UNKNOWN : YES;
    }

    /** How many of the mandatory requirements, those composed of others left out, are met, are not, are unknown. */
    static Map<Met, Integer> count(Catalogue catalogue, Offer offer, Map<String, Verdict> seen) {
        Map<String, Requirement> all = catalogue.byId();
        Map<Met, Integer> counts = new HashMap<>();
        all.values().stream()
                .filter(Comparison::isCounted)
                .forEach(requirement -> counts.merge(of(requirement, all, offer, seen), 1, Integer::sum));
        return counts;
    }

    private Met and(Met that) {
        if (this == NO || that == NO) {
            return NO;
        }
        return this == YES ? YES : that;
    }

    private static Met seen(Optional<Verdict> verdict) {
        return verdict.map(found -> switch (found) {
                    case PASS, WARN -> YES;
                    case FAIL -> NO;
                    case ASK, UNKNOWN -> UNKNOWN;
                })
                .orElse(UNKNOWN);
    }

    private static Met said(Optional<Answer> answer) {
        return answer.map(found -> switch (found.verdict()) {
                    case YES -> YES;
                    case NO -> NO;
                    case PARTLY, UNKNOWN -> UNKNOWN;
                })
                .orElse(UNKNOWN);
    }
}
