package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.playbook.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who needs whom, directly or not. The steps have no cycle and need only each other: the playbook's loader saw to it. */
final class StepGraph {
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final Map<String, List<String>> needs = new HashMap<>();
    private final Map<String, List<String>> neededBy = new HashMap<>();

    StepGraph(List<Step> all) {
        all.forEach(step -> {
            steps.put(step.id(), step);
            needs.put(step.id(), step.needs());
            step.needs()
                    .forEach(need -> neededBy.computeIfAbsent(need, id -> new ArrayList<>())
                            .add(step.id()));
        });
    }

    /** Every step after all that it needs; else in the playbook's order. */
    List<Step> inOrder() {
        Map<String, Integer> open = new HashMap<>();
        TreeMap<Integer, Step> ready = new TreeMap<>();
        Map<String, Integer> place = new HashMap<>();
        steps.values().forEach(step -> {
            place.put(step.id(), place.size());
            open.put(step.id(), step.needs().size());
            if (step.needs().isEmpty()) {
                ready.put(place.get(step.id()), step);
            }
        });
        List<Step> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            Step next = ready.pollFirstEntry().getValue();
            order.add(next);
            for (String id : neededBy.getOrDefault(next.id(), List.of())) {
                if (open.merge(id, -1, Integer::sum) == 0) {
                    ready.put(place.get(id), steps.get(id));
                }
            }
        }
        return order;
    }

    /** All that these need, directly or not, without themselves. */
    Set<String> neededBy(Collection<String> ids) {
        Set<String> reached = reach(ids, needs);
        reached.removeAll(ids);
        return reached;
    }

    /** These and all that need them, directly or not. */
    Set<String> withDependants(Collection<String> ids) {
        return reach(ids, neededBy);
    }

    private static Set<String> reach(Collection<String> ids, Map<String, List<String>> edges) {
        Set<String> reached = new LinkedHashSet<>(ids);
        Deque<String> open = new ArrayDeque<>(ids);
        while (!open.isEmpty()) {
            edges.getOrDefault(open.pop(), List.of()).stream()
                    .filter(reached::add)
                    .forEach(open::push);
        }
        return reached;
    }
}
