package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.playbook.Step;
import java.util.Map;
import java.util.TreeMap;

/** The hashes that say whether a result was made from what the playbook holds today. */
public final class Fingerprint {
    private Fingerprint() {}

    /**
     * SHA-256 hex over the step's revision, the values of its inputs and the hashes of its files. The order in which they
     * are listed does not matter, and neither does {@code root}.
     *
     * @param values every variable; one that is missing counts as empty
     */
    public static String of(Step step, Map<String, String> values) {
        Digest digest = new Digest().add("fingerprint 1").add(step.revision());
        Map<String, String> inputs = inputs(step, values);
        digest.add(inputs.size());
        inputs.forEach((name, value) -> digest.add(name).add(value));
        digest.add(step.files().size());
        new TreeMap<>(step.files()).forEach((name, file) -> digest.add(name).add(file.sha256()));
        return digest.hex();
    }

    /** SHA-256 hex over library and script. */
    public static String ofScript(String library, String script) {
        return new Digest().add("script 1").add(library).add(script).hex();
    }

    /** The step's inputs by name, without {@code root}. */
    static Map<String, String> inputs(Step step, Map<String, String> values) {
        Map<String, String> inputs = new TreeMap<>();
        step.inputs().stream()
                .filter(name -> !name.equals("root"))
                .forEach(name -> inputs.put(name, values.getOrDefault(name, "")));
        return inputs;
    }
}
