package dev.flashvsr.deploy.inspect;

import dev.flashvsr.deploy.inspect.rule.Outlook.Source;
import dev.flashvsr.deploy.playbook.Step;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is going to be deployed on the box.
 *
 * @param steps of the playbook: they mend what is missing, and they download
 * @param values of its variables
 */
public record Deploy(List<Step> steps, Map<String, String> values) {
    private static final double USUAL_JOB_GIB = 5;

    /** Which variable of a step says where it downloads from. The first that a step has decides. */
    private static final Map<String, Source> SOURCES = sources();

    /** Keeps copies. */
    public Deploy {
        steps = List.copyOf(steps);
        values = Map.copyOf(values);
    }

    Set<String> ids() {
        return steps.stream().map(Step::id).collect(Collectors.toSet());
    }

    /** Bytes to download from each source, by the steps' estimates. */
    Map<Source, Long> volumes() {
        Map<Source, Long> volumes = new EnumMap<>(Source.class);
        for (Step step : steps) {
            source(step)
                    .ifPresent(source ->
                            volumes.merge(source, step.estimate().download().orElse(0), Long::sum));
        }
        return volumes;
    }

    /** Memory to count for each compiler. */
    double jobGib() {
        return Optional.ofNullable(values.get("bsa_job_memory"))
                .filter(value -> value.matches("[1-9][0-9]{0,3}"))
                .map(Double::valueOf)
                .orElse(USUAL_JOB_GIB);
    }

    private static Optional<Source> source(Step step) {
        return SOURCES.entrySet().stream()
                .filter(entry -> step.inputs().contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Map<String, Source> sources() {
        Map<String, Source> sources = new LinkedHashMap<>();
        sources.put("hub_base", Source.HUB);
        sources.put("pytorch_wheel_base", Source.WHEELS);
        sources.put("miniforge_url", Source.GITHUB);
        sources.put("conda_channel", Source.CONDA);
        sources.put("flashvsr_git", Source.GITHUB);
        sources.put("bsa_git", Source.GITHUB);
        sources.put("pypi_index", Source.PACKAGES);
        return sources;
    }
}
