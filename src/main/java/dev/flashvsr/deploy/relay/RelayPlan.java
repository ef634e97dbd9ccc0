package dev.flashvsr.deploy.relay;

import dev.flashvsr.deploy.fetch.Store;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is to go through this machine, and what is not. */
public final class RelayPlan {
    /** Nothing. */
    public static final RelayPlan NONE = new RelayPlan(List.of(), List.of(), Map.of());

    private final List<Download> downloads;
    private final List<String> others;
    private final Map<String, Long> estimates;

    /** {@code estimates}: bytes that a step downloads, by its id, where the playbook says. */
    RelayPlan(Collection<Download> downloads, List<String> others, Map<String, Long> estimates) {
        this.downloads = List.copyOf(downloads);
        this.others = List.copyOf(others);
        this.estimates = Map.copyOf(estimates);
    }

    List<Download> downloads() {
        return downloads;
    }

    /** Whether nothing is to be fetched here. */
    public boolean isEmpty() {
        return downloads.isEmpty();
    }

    /** How many downloads go through here. */
    public int count() {
        return downloads.size();
    }

    /** Ids of the steps that they are for. */
    public Set<String> steps() {
        return downloads.stream().map(Download::step).collect(Collectors.toUnmodifiableSet());
    }

    /** The hosts that they come from. */
    public SortedSet<String> hosts() {
        return Collections.unmodifiableSortedSet(
                downloads.stream().map(Download::host).collect(Collectors.toCollection(TreeSet::new)));
    }

    /** What the box still fetches itself, each in words that begin with the step. */
    public List<String> others() {
        return others;
    }

    /** Whether this machine needs Git for them. */
    boolean needsGit() {
        return downloads.stream().anyMatch(Download.Commit.class::isInstance);
    }

    /** Bytes that will come through here: the pinned sizes where a step has them all, else its estimate. */
    public long bytes() {
        return downloads.stream()
                .map(Download::step)
                .distinct()
                .mapToLong(this::bytes)
                .sum();
    }

    /** Bytes of them that a store has already. */
    public long bytesIn(Store store) {
        return downloads.stream()
                .flatMap(download -> download.pin().stream())
                .distinct()
                .mapToLong(store::bytes)
                .sum();
    }

    private long bytes(String step) {
        List<Download> all =
                downloads.stream().filter(one -> one.step().equals(step)).toList();
        long pinned = all.stream().mapToLong(one -> one.bytes().orElse(0)).sum();
        boolean known = all.stream().allMatch(one -> one.bytes().isPresent());
        return known ? pinned : Math.max(pinned, estimates.getOrDefault(step, 0L));
    }
}
