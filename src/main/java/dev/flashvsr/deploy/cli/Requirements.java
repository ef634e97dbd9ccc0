package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.engine.ProbeRequest;
import dev.flashvsr.deploy.engine.Survey;
import dev.flashvsr.deploy.inspect.Finding;
import dev.flashvsr.deploy.inspect.Inspector;
import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Probe;
import dev.flashvsr.deploy.inspect.probe.ProbeEntries;
import dev.flashvsr.deploy.inspect.probe.Probes;
import dev.flashvsr.deploy.inspect.rule.PlanNeeds;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.Words;
import dev.flashvsr.deploy.progress.SafeText;
import dev.flashvsr.deploy.relay.RelayedHosts;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** What the playbook requires of a box: asked in the same round trip as the checks, judged before anything is changed. */
final class Requirements {
    /** Nothing is required. */
    static final Requirements NONE = new Requirements(List.of(), Set.of(), Map.of(), List.of());

    private final List<String> required;
    private final Set<String> steps;
    private final Map<String, String> values;
    private final List<String> ignored;

    private Requirements(List<String> required, Set<String> steps, Map<String, String> values, List<String> ignored) {
        this.required = required;
        this.steps = steps;
        this.values = values;
        this.ignored = ignored;
    }

    /** Those of the playbook, of which these may be unmet. */
    static Requirements of(Work work, List<String> ignored) {
        return of(work, ignored, RelayedHosts.NONE);
    }

    /** The same, without those that ask whether the box reaches what is relayed. */
    static Requirements of(Work work, List<String> ignored, RelayedHosts relayed) {
        List<String> required = work.playbook().requires();
        for (String id : ignored) {
            if (!required.contains(id)) {
                throw new DeployException(
                        ExitCode.USAGE,
                        "--ignore " + Words.quoted(id) + ": the playbook "
                                + work.playbook().name() + " does not require it.",
                        Words.hint(id, required)
                                .orElse("It requires: "
                                        + (required.isEmpty() ? "nothing" : Words.listed(required, ", "))));
            }
        }
        return new Requirements(
                relayed.isNone() ? required : withoutRelayed(required, work.values(), relayed),
                steps(work),
                work.values(),
                ignored);
    }

    private static List<String> withoutRelayed(
            List<String> required, Map<String, String> values, RelayedHosts relayed) {
        Map<String, Requirement> catalogue = Catalogue.load().byId();
        return required.stream()
                .filter(id -> !Optional.ofNullable(catalogue.get(id))
                        .filter(requirement -> isRelayed(requirement, values, relayed))
                        .isPresent())
                .toList();
    }

    /** Whether it is seen by nothing but whether addresses are reached, and all of them are relayed. */
    private static boolean isRelayed(Requirement requirement, Map<String, String> values, RelayedHosts relayed) {
        return !requirement.probes().isEmpty()
                && requirement.probes().stream()
                        .allMatch(id -> Probes.find(id)
                                .filter(probe -> probe.lane().equals("net"))
                                .filter(probe -> relayed.coversAll(probe.vars().stream()
                                        .map(name -> values.getOrDefault(name, ""))
                                        .toList()))
                                .isPresent());
    }

    /** Begins to read the catalogue, so that it is there when the connection is made. */
    void readAhead() {
        if (!required.isEmpty()) {
            CompletableFuture.runAsync(Catalogue::load);
        }
    }

    /** The probes that the survey is to run. */
    ProbeRequest probes() {
        return required.isEmpty() ? ProbeRequest.NONE : request(needed(), values);
    }

    /** These probes as the survey takes them. */
    static ProbeRequest request(Collection<Probe> probes, Map<String, String> values) {
        return new ProbeRequest(ProbeEntries.request(probes, values), ProbeEntries.limit(probes));
    }

    /** What was found of each, in the playbook's order. */
    List<Finding> findings(Survey survey, Plan plan) {
        if (required.isEmpty()) {
            return List.of();
        }
        Evidence evidence =
                ProbeEntries.evidence(needed(), survey.probes()).and(PlanNeeds.evidence(DiskNeeds.needed(plan)));
        return List.copyOf(inspector().judge(required, evidence).values());
    }

    /**
     * Stops where something is to be run on a box that does not meet them.
     *
     * @throws DeployException exit 4, naming those that no step mends and that are not ignored
     */
    void insist(List<Finding> findings, Plan plan, Connection connection) {
        List<Finding> unmet = findings.stream()
                .filter(finding -> finding.verdict() == Verdict.FAIL)
                .filter(finding -> !ignored.contains(finding.requirement().id()))
                .toList();
        if (unmet.isEmpty() || plan.isEmpty()) {
            return;
        }
        String ids = unmet.stream().map(finding -> finding.requirement().id()).collect(Collectors.joining(","));
        throw new DeployException(
                ExitCode.UNFIT,
                connection.target() + " does not meet what the playbook requires, and no step mends it:"
                        + unmet.stream()
                                .map(finding -> "\n  " + finding.requirement().id() + ": "
                                        + SafeText.of(finding.says().in(Language.EN)))
                                .collect(Collectors.joining()),
                "'" + connection.hints().inspect() + "' shows all that was found, with what the box said; '--ignore "
                        + ids + "' goes on all the same.");
    }

    private List<Probe> needed() {
        Set<String> wanted = inspector().probes(required);
        return Probes.all().stream()
                .filter(probe -> wanted.contains(probe.id()))
                .toList();
    }

    private Inspector inspector() {
        return new Inspector(Catalogue.load().byId(), steps);
    }

    private static Set<String> steps(Work work) {
        return work.playbook().steps().stream().map(Step::id).collect(Collectors.toSet());
    }
}
