package dev.flashvsr.deploy.inspect;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import java.util.Map;
import java.util.TreeMap;

/** Evidence from texts, as probes printed them. */
public final class Printed {
    private Printed() {}

    /** Pairs of a probe and what it printed, all with exit 0. */
    public static Evidence by(String... probesAndTexts) {
        Map<String, Output> outputs = new TreeMap<>();
        for (int i = 0; i < probesAndTexts.length; i += 2) {
            outputs.put(probesAndTexts[i], Output.of(probesAndTexts[i], 0, probesAndTexts[i + 1]));
        }
        return new Evidence(outputs);
    }
}
