package dev.flashvsr.deploy.inspect;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import dev.flashvsr.deploy.inspect.rule.Judgement;
import dev.flashvsr.deploy.inspect.rule.Rules;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Judges requirements by what the probes printed. */
public final class Inspector {
    private static final Judgement ONLY_ASKED =
            Judgement.ask("Only the provider can say.", "Может ответить только провайдер.");

    /** Forms in which a person may paste what our probes ask for otherwise. */
    private static final List<String> PASTED_CARD =
            List.of("gpu.query", "gpu.xml", "gpu.text", "gpu.table", "gpu.list", "gpu.core");

    private final Map<String, Requirement> catalogue;
    private final Set<String> steps;

    /** {@code catalogue} by id; {@code steps} are those of the playbook, which may mend what is missing. */
    public Inspector(Map<String, Requirement> catalogue, Set<String> steps) {
        this.catalogue = catalogue;
        this.steps = Set.copyOf(steps);
    }

    /** The probes that these requirements are judged by. */
    public Set<String> probes(Collection<String> ids) {
        Set<String> probes = new TreeSet<>();
        ids.forEach(id -> {
            Requirement requirement = requirement(id);
            probes.addAll(requirement.probes());
            probes.addAll(probes(requirement.from()));
        });
        return probes;
    }

    /** What is found of each of these, in their order. */
    public Map<String, Finding> judge(Collection<String> ids, Evidence evidence) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        ids.forEach(id -> findings.put(id, judge(requirement(id), evidence)));
        return findings;
    }

    private Finding judge(Requirement requirement, Evidence evidence) {
        if (!requirement.from().isEmpty()) {
            return composed(requirement, evidence);
        }
        Judgement judgement = requirement
                .rule()
                .map(rule -> Rules.find(rule)
                        .map(found -> found.judge(requirement, evidence))
                        .orElseThrow(() -> new IllegalArgumentException("there is no rule " + rule)))
                .orElse(ONLY_ASKED);
        List<String> cure = requirement.cure().stream().filter(steps::contains).toList();
        boolean cured = judgement.verdict() == Verdict.FAIL && !cure.isEmpty();
        return new Finding(
                requirement,
                cured ? Verdict.WARN : judgement.verdict(),
                judgement.says(),
                cured ? cure : List.of(),
                printed(requirement, evidence));
    }

    /** The worst of its parts; an unanswered question does not hide what a probe settled. */
    private Finding composed(Requirement requirement, Evidence evidence) {
        List<Finding> parts = requirement.from().stream()
                .map(id -> judge(requirement(id), evidence))
                .toList();
        Verdict worst = parts.stream().map(Finding::verdict).reduce(Verdict.PASS, Verdict::orWorse);
        List<Finding> decisive =
                parts.stream().filter(part -> part.verdict() == worst).toList();
        return new Finding(
                requirement,
                worst,
                worst == Verdict.PASS
                        ? new Wording("All of its parts are met.", "Все составные части выполнены.")
                        : joined(decisive),
                decisive.stream()
                        .flatMap(part -> part.curedBy().stream())
                        .distinct()
                        .toList(),
                parts.stream()
                        .flatMap(part -> part.evidence().stream())
                        .distinct()
                        .toList());
    }

    private static Wording joined(List<Finding> parts) {
        return parts.stream().map(Finding::says).distinct().reduce(Wording::and).orElseThrow();
    }

    /** What the named probes printed; of a pasted text also what tells of the card in another form than theirs. */
    private static List<Output> printed(Requirement requirement, Evidence evidence) {
        boolean card = requirement.probes().stream().anyMatch(probe -> probe.startsWith("gpu."));
        Stream<Output> named = requirement.probes().stream().flatMap(probe -> evidence.of(probe).stream());
        Stream<Output> pasted = PASTED_CARD.stream()
                .filter(id -> card)
                .flatMap(id -> evidence.of(id).stream())
                .filter(Output::isPasted);
        return Stream.concat(named, pasted)
                .flatMap(output -> output.shown().stream())
                .distinct()
                .toList();
    }

    private Requirement requirement(String id) {
        Requirement requirement = catalogue.get(id);
        if (requirement == null) {
            throw new IllegalArgumentException("there is no requirement " + id);
        }
        return requirement;
    }
}
