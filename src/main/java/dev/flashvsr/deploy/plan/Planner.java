package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.checkpoint.History;
import dev.flashvsr.deploy.checkpoint.Likeness;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the plan: a pure function of the playbook, its variables, the selection and what the box says. */
public final class Planner {
    private static final Decision OFFLINE = new Decision(Action.UNKNOWN, "no box was asked");

    private final Playbook playbook;
    private final Map<String, String> values;
    private final Set<String> selected;
    private final Set<String> forced;
    private final Map<String, Hashes> hashes = new HashMap<>();

    private Planner(Playbook playbook, Map<String, String> values, Selection selection) {
        this.playbook = playbook;
        this.values = new LinkedHashMap<>(playbook.variables());
        this.values.putAll(values);
        selected = selection.resolve(playbook);
        forced = Set.copyOf(selection.force());
    }

    /**
     * What a run would do on this box.
     *
     * @param values what overrides the playbook's defaults; the box says where {@code root} is, whatever they say
     * @throws dev.flashvsr.deploy.problem.DeployException exit 2, if the selection does not hold; exit 1, if a step that is
     *     needed, but not selected, is not as wanted
     */
    public static Plan plan(
            Playbook playbook, Map<String, String> values, Selection selection, BoxState box, History history) {
        Planner planner = new Planner(playbook, values, selection);
        planner.values.put("root", box.root());
        MissingNeeds.refuse(playbook, planner.selected, box);
        return planner.online(box, history);
    }

    /** The same without a box: every step is unknown, and times are the playbook's estimates. */
    public static Plan offline(Playbook playbook, Map<String, String> values, Selection selection) {
        Planner planner = new Planner(playbook, values, selection);
        planner.values.remove("root");
        List<PlannedStep> steps = planner.selectedSteps().stream()
                .map(step -> planner.planned(step, OFFLINE, step.estimate().time(), StepState.NONE))
                .toList();
        return new Plan(playbook, Optional.empty(), steps, Identity.of(Optional.empty(), steps), Optional.empty());
    }

    private Plan online(BoxState box, History history) {
        Map<String, Decision> decisions = decisions(box);
        Likeness likeness = box.likeness();
        List<PlannedStep> steps = selectedSteps().stream()
                .map(step -> planned(
                        step,
                        decisions.getOrDefault(step.id(), OFFLINE),
                        history.expected(step.id(), likeness)
                                .or(() -> step.estimate().time()),
                        box.step(step.id())))
                .toList();
        Optional<String> root = Optional.of(box.root());
        return new Plan(playbook, root, steps, Identity.of(root, steps), box.boxId());
    }

    private Map<String, Decision> decisions(BoxState box) {
        Map<String, Decision> decisions = new HashMap<>();
        for (Step step : new StepGraph(playbook.steps()).inOrder()) {
            if (selected.contains(step.id())) {
                decisions.put(step.id(), decide(step, box, decisions));
            }
        }
        return decisions;
    }

    private Decision decide(Step step, BoxState box, Map<String, Decision> before) {
        Optional<String> after = step.needs().stream()
                .filter(need -> before.containsKey(need) && before.get(need).holdsUp())
                .findFirst();
        return new StepTable(
                        step,
                        values,
                        hashes(step).fingerprint(),
                        hashes(step).script(),
                        forced.contains(step.id()),
                        box.step(step.id()),
                        box.busy(),
                        after)
                .decide();
    }

    private List<Step> selectedSteps() {
        return playbook.steps().stream()
                .filter(step -> selected.contains(step.id()))
                .toList();
    }

    /** What a step is wanted as. */
    private record Hashes(String fingerprint, String script) {}

    private Hashes hashes(Step step) {
        return hashes.computeIfAbsent(
                step.id(),
                id -> new Hashes(
                        Fingerprint.of(step, values), Fingerprint.ofScript(playbook.library(), step.script())));
    }

    private PlannedStep planned(Step step, Decision decision, Optional<Duration> expected, StepState state) {
        Map<String, String> reaching = new LinkedHashMap<>(Fingerprint.inputs(step, values));
        if (values.containsKey("root")) {
            reaching.put("root", values.getOrDefault("root", ""));
        }
        return new PlannedStep(
                step,
                decision.action(),
                decision.reason(),
                hashes(step).fingerprint(),
                hashes(step).script(),
                reaching,
                forced.contains(step.id()),
                expected,
                state);
    }
}
