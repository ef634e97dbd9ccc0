package dev.flashvsr.deploy.products;

import java.util.Optional;

/**
 * What the user agrees to of what other boxes built.
 *
 * @param inventory whether the box of this run is one of the user's inventory
 * @param asks whether a person sees the plan, with what is offered, before anything is changed
 * @param from the one box whose entries are taken; empty: any
 */
public record CacheTerms(boolean inventory, boolean asks, Optional<String> from) {
    /** Everything is taken, as where nothing but this machine's own stand-ins can be offered. */
    public static final CacheTerms ALL = new CacheTerms(true, true, Optional.empty());

    /** Whether an entry of this origin comes into question. */
    boolean wants(Origin origin) {
        return from.map(origin.box()::equals).orElse(true);
    }

    /**
     * Whether an entry that comes into question may be taken without a person who sees it first.
     *
     * @param box that it is for: it may have back what it built
     */
    boolean takes(LocalCache.Entry entry, Origin box) {
        Origin origin = entry.origin();
        return asks || from.isPresent() || origin.inventory() || entry.agreed() || origin.isSameBox(box);
    }
}
