package dev.flashvsr.deploy.products;

import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.PlannedStep;
import dev.flashvsr.deploy.playbook.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Entries of this machine's caches that steps of a plan would make themselves otherwise.
 *
 * @param troubles what stood in the way of others, in sentences
 */
public record Offers(List<Offer> offers, List<String> troubles) {
    /** Nothing is offered. */
    public static final Offers NONE = new Offers(List.of(), List.of());

    /** One of them; {@code cache} is a path below root. */
    record Offer(Step step, String cache, String key, LocalCache.Entry entry) {}

    /** Copies the lists. */
    public Offers {
        offers = List.copyOf(offers);
        troubles = List.copyOf(troubles);
    }

    /** Ids of the steps that have one. */
    public Set<String> steps() {
        return keys().keySet();
    }

    /** The keys of the entries, by the step's id. */
    public Map<String, String> keys() {
        return offers.stream()
                .collect(Collectors.toUnmodifiableMap(offer -> offer.step().id(), Offer::key));
    }

    /** For a question: who built what is offered; empty where nothing is. */
    public Optional<String> builders() {
        return offers.isEmpty()
                ? Optional.empty()
                : Optional.of(offers.stream()
                        .map(offer -> offer.step().id() + " by "
                                + offer.entry().origin().words())
                        .collect(Collectors.joining(", ")));
    }

    /** The plan with words for it: what such a step takes is not known. */
    public Plan announced(Plan plan) {
        Map<String, String> origins = offers.stream()
                .collect(Collectors.toUnmodifiableMap(
                        offer -> offer.step().id(),
                        offer -> offer.entry().origin().words()));
        return new Plan(
                plan.playbook(),
                plan.root(),
                plan.steps().stream()
                        .map(step -> origins.containsKey(step.id())
                                ? announced(step, String.valueOf(origins.get(step.id())))
                                : step)
                        .toList(),
                plan.identity(),
                plan.boxId());
    }

    private static PlannedStep announced(PlannedStep step, String origin) {
        return step.because(step.reason() + "; not built anew: kept here, built by " + origin, Optional.empty());
    }
}
