package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.json.JsonArray;
import dev.flashvsr.deploy.json.JsonObject;
import dev.flashvsr.deploy.json.JsonValue;
import dev.flashvsr.deploy.playbook.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run of a plan sends to the box of the user's own: secrets and files, each with the steps that get it. Names only;
 * a secret's value is not in it.
 *
 * @param secrets set here and named by a step of the plan
 * @param unsent declared by the playbook and set here, but named by none of its steps
 * @param files by their path below the playbook's directory
 */
public record Disclosure(Map<String, List<String>> secrets, List<String> unsent, Map<String, SentFile> files) {
    /**
     * A file beside the playbook.
     *
     * @param bytes its size
     * @param steps that get it
     */
    public record SentFile(long bytes, List<String> steps) {
        /** Keeps a copy. */
        public SentFile {
            steps = List.copyOf(steps);
        }
    }

    /** Keeps copies. */
    public Disclosure {
        secrets = Map.copyOf(secrets);
        unsent = List.copyOf(unsent);
        files = Map.copyOf(files);
    }

    /** Of a plan that is run where {@code environment} is the caller's; a plan without work sends nothing. */
    public static Disclosure of(Plan plan, Map<String, String> environment) {
        Set<String> here = plan.playbook().secrets().stream()
                .filter(name -> isSet(environment, name))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> named = plan.playbook().steps().stream()
                .flatMap(step -> step.secrets().stream())
                .collect(Collectors.toSet());
        List<String> unsent =
                here.stream().filter(name -> !named.contains(name)).toList();
        Map<String, List<String>> secrets = new LinkedHashMap<>();
        Map<String, SentFile> files = new LinkedHashMap<>();
        for (Step step : plan.isEmpty() ? List.<Step>of() : steps(plan)) {
            step.secrets().stream()
                    .filter(here::contains)
                    .forEach(name -> secrets.merge(name, List.of(step.id()), Disclosure::joined));
            step.files()
                    .forEach((path, file) -> files.merge(
                            path,
                            new SentFile(file.size(), List.of(step.id())),
                            (first, second) -> new SentFile(first.bytes(), joined(first.steps(), second.steps()))));
        }
        return new Disclosure(secrets, unsent, files);
    }

    /** Names of the secrets that the steps of a plan may get. */
    public static Set<String> secretNames(Plan plan) {
        return steps(plan).stream().flatMap(step -> step.secrets().stream()).collect(Collectors.toSet());
    }

    /** Whether the caller's environment has this secret. */
    public static boolean isSet(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isEmpty())
                .isPresent();
    }

    /** In sentences for people; none where there is nothing to tell. */
    public List<String> sentences() {
        List<String> lines = new ArrayList<>();
        if (!secrets.isEmpty()) {
            lines.add("Secrets from your environment that are sent to the box: "
                    + new TreeMap<>(secrets)
                            .entrySet().stream()
                                    .map(secret ->
                                            secret.getKey() + " (to " + String.join(", ", secret.getValue()) + ")")
                                    .collect(Collectors.joining(", "))
                    + ".");
        }
        if (!unsent.isEmpty()) {
            lines.add("Secrets that are set here and sent to no step, because none names them: "
                    + String.join(", ", unsent) + ".");
        }
        if (!files.isEmpty()) {
            lines.add("Files of the playbook's directory that are sent to the box: "
                    + String.join(", ", new TreeMap<>(files).keySet()) + ".");
        }
        return lines;
    }

    /** In sentences, the secrets that a saved plan did not show as sent. */
    public List<String> unagreed(SavedPlan saved) {
        return saved.secrets()
                .map(shown -> new TreeMap<>(secrets)
                        .keySet().stream()
                                .filter(name -> !shown.contains(name))
                                .map(name -> "The secret " + name + " would be sent, which the plan does not say.")
                                .toList())
                .orElse(List.of());
    }

    /** As a plan's document has it. */
    JsonObject json() {
        List<JsonValue> named = new ArrayList<>();
        new TreeMap<>(secrets)
                .forEach((name, steps) -> named.add(JsonObject.builder()
                        .put("name", name)
                        .put("steps", JsonArray.ofStrings(steps))
                        .build()));
        List<JsonValue> paths = new ArrayList<>();
        new TreeMap<>(files)
                .forEach((path, file) -> paths.add(JsonObject.builder()
                        .put("path", path)
                        .put("bytes", file.bytes())
                        .put("steps", JsonArray.ofStrings(file.steps()))
                        .build()));
        return JsonObject.builder()
                .put("secrets", new JsonArray(named))
                .put("files", new JsonArray(paths))
                .build();
    }

    private static List<Step> steps(Plan plan) {
        return plan.steps().stream().map(PlannedStep::step).toList();
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
