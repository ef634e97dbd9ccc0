package dev.flashvsr.deploy.playbook;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A playbook that holds: every reference resolved, every file read.
 *
 * @param name its name, also that of its environment file
 * @param source the file it was read from
 * @param library bash put in front of every script, of all its files; empty when there is none
 * @param requires ids of the requirement catalogue
 * @param variables every variable but {@code root} with its default, in the order of the file; {@code root} is there only with a default
 * @param secrets names of environment variables of the caller; each reaches the steps that name it
 * @param steps in the order of the file, but each after all that it needs; every needed step is among them
 */
public record Playbook(
        String name,
        Path source,
        String library,
        List<String> requires,
        Map<String, String> variables,
        List<String> secrets,
        List<Step> steps) {
    /** Keeps copies, in the order given. */
    public Playbook {
        requires = List.copyOf(requires);
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        secrets = List.copyOf(secrets);
        steps = List.copyOf(steps);
    }

    /** The step of that id. */
    public Optional<Step> step(String id) {
        return steps.stream().filter(step -> step.id().equals(id)).findFirst();
    }
}
