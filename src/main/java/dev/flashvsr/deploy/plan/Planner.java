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

/** Makes plans: a pure function of the playbook, its variables, the selection and what the box says. */
public final class Planner {
    private static final Decision OFFLINE = new Decision(Action.UNKNOWN, "no box was asked");

    private final Playbook playbook;
    private final Map<String, String> values;
    private final Set<String> selected;
    private final Set<String> forced;
    private final Map<String, Hashes> hashes = new HashMap<>();

    /** What a step is wanted as. */
    private record Hashes(String fingerprint, String script) {}

    private Planner(Playbook playbook, Map<String, String> values, Selection selection) {
        this.playbook = playbook;
        this.values = new LinkedHashMap<>(playbook.variables());
        this.values.putAll(values);
        this.values.remove("root");
        selected = selection.resolve(playbook);
        forced = Set.copyOf(selection.force());
        selectedSteps()
                .forEach(step -> hashes.put(
                        step.id(),
                        new Hashes(
                                Fingerprint.of(step, this.values),
                                Fingerprint.ofScript(playbook.library(), step.script()))));
    }

    /**
     * Takes what is wanted, before any box is asked.
     *
     * @param values what overrides the playbook's defaults; the box says where {@code root} is, whatever they say
     * @throws dev.flashvsr.deploy.problem.DeployException exit 2, if the selection does not hold
     */
    public static Planner of(Playbook playbook, Map<String, String> values, Selection selection) {
        return new Planner(playbook, values, selection);
    }

    /**
     * What a run would do on this box.
     *
     * @throws dev.flashvsr.deploy.problem.DeployException exit 1, if a step that is needed, but not selected, is not as
     *     wanted
     */
    public Plan plan(BoxState box, History history) {
        MissingNeeds.refuse(playbook, selected, box);
        Map<String, Decision> decisions = decisions(box);
        Likeness likeness = box.likeness();
        List<PlannedStep> steps = selectedSteps().stream()
                .map(step -> planned(
                        step,
                        decisions.getOrDefault(step.id(), OFFLINE),
                        history.expected(step.id(), likeness)
                                .or(() -> step.estimate().time()),
                        Optional.of(box.root()),
                        box.step(step.id())))
                .toList();
        Optional<String> root = Optional.of(box.root());
        return new Plan(playbook, root, steps, Identity.of(root, steps), box.boxId());
    }

    /** The same without a box: every step is unknown, and times are the playbook's estimates. */
    public Plan offline() {
        List<PlannedStep> steps = selectedSteps().stream()
                .map(step -> planned(step, OFFLINE, step.estimate().time(), Optional.empty(), StepState.NONE))
                .toList();
        return new Plan(playbook, Optional.empty(), steps, Identity.of(Optional.empty(), steps), Optional.empty());
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
        Hashes wanted = hashes(step);
        return new StepTable(
                        step,
                        values,
                        wanted.fingerprint(),
                        wanted.script(),
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

    private Hashes hashes(Step step) {
        return Optional.ofNullable(hashes.get(step.id())).orElseThrow();
    }

    private PlannedStep planned(
            Step step, Decision decision, Optional<Duration> expected, Optional<String> root, StepState state) {
        Map<String, String> reaching = new LinkedHashMap<>(Fingerprint.inputs(step, values));
        root.ifPresent(directory -> reaching.put("root", directory));
        Hashes wanted = hashes(step);
        return new PlannedStep(
                step,
                decision.action(),
                decision.reason(),
                wanted.fingerprint(),
                wanted.script(),
                reaching,
                forced.contains(step.id()),
                expected,
                state);
    }
}
