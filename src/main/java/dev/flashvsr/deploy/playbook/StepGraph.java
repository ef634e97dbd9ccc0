package dev.flashvsr.deploy.playbook;

import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.Words;
import dev.flashvsr.deploy.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which step needs which: every need resolved, no cycle, and an order in which all can run. */
final class StepGraph {
    private final Map<String, StepDraft> drafts = new LinkedHashMap<>();
    private final Map<String, List<String>> needs = new LinkedHashMap<>();
    private final Problems problems;

    private StepGraph(Problems problems) {
        this.problems = problems;
    }

    /** The steps in the order of the file, but each after all that it needs. */
    static List<Step> order(List<StepDraft> drafts, Problems problems) {
        StepGraph graph = new StepGraph(problems);
        drafts.forEach(graph::add);
        graph.resolve();
        return graph.findCycle() ? List.of() : graph.sorted();
    }

    private void add(StepDraft draft) {
        String id = draft.step().id();
        StepDraft first = drafts.putIfAbsent(id, draft);
        if (first != null) {
            problems.add(draft.id()
                    .place()
                    .problem(
                            "the step " + Words.quoted(id) + " is here a second time",
                            Optional.of("first in line "
                                    + first.id().place().location().line())));
        }
    }

    private void resolve() {
        List<String> before = List.of();
        for (StepDraft draft : drafts.values()) {
            String id = draft.step().id();
            draft.needs().orElse(List.of()).forEach(need -> known(id, need));
            List<String> named = draft.needs()
                    .map(list -> list.stream()
                            .map(YamlScalar::text)
                            .distinct()
                            .filter(need -> drafts.containsKey(need) && !need.equals(id))
                            .toList())
                    .orElse(before);
            needs.put(id, named);
            before = List.of(id);
        }
        List<StepDraft> verifying =
                drafts.values().stream().filter(draft -> draft.step().verify()).toList();
        verifying.stream()
                .skip(1)
                .forEach(draft -> problems.add(draft.id()
                        .place()
                        .problem(
                                "a second step with \"verify: true\"",
                                Optional.of("the first is "
                                        + Words.quoted(verifying.get(0).step().id())))));
    }

    private void known(String id, YamlScalar need) {
        if (need.text().equals(id)) {
            problems.add(need.place().problem("the step " + Words.quoted(id) + " needs itself"));
        } else if (!drafts.containsKey(need.text())) {
            List<String> others =
                    drafts.keySet().stream().filter(other -> !other.equals(id)).toList();
            problems.add(
                    need.place().problem("unknown step " + Words.quoted(need.text()), Words.hint(need.text(), others)));
        }
    }

    private boolean findCycle() {
        Set<String> done = new HashSet<>();
        for (String id : needs.keySet()) {
            Optional<List<String>> cycle = walk(id, new ArrayList<>(), done);
            if (cycle.isPresent()) {
                String path = Words.listed(cycle.get(), " → ");
                problems.add(draft(cycle.get().get(0)).id().place().problem("steps need each other: " + path));
                return true;
            }
        }
        return false;
    }

    private Optional<List<String>> walk(String id, List<String> path, Set<String> done) {
        int again = path.indexOf(id);
        path.add(id);
        if (again >= 0) {
            return Optional.of(List.copyOf(path.subList(again, path.size())));
        }
        for (String need : needs.getOrDefault(id, List.of())) {
            if (done.contains(need)) {
                continue;
            }
            Optional<List<String>> cycle = walk(need, path, done);
            if (cycle.isPresent()) {
                return cycle;
            }
        }
        path.remove(path.size() - 1);
        done.add(id);
        return Optional.empty();
    }

    private List<Step> sorted() {
        List<Step> steps = new ArrayList<>();
        Set<String> placed = new HashSet<>();
        needs.keySet().forEach(id -> place(id, placed, steps));
        return steps;
    }

    private void place(String id, Set<String> placed, List<Step> steps) {
        if (placed.add(id)) {
            List<String> needed = needs.getOrDefault(id, List.of());
            needed.forEach(need -> place(need, placed, steps));
            steps.add(draft(id).step().needing(needed));
        }
    }

    private StepDraft draft(String id) {
        return Optional.ofNullable(drafts.get(id)).orElseThrow();
    }
}
