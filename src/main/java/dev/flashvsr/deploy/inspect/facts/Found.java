package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Optional;

/** Probes that print a line for each thing that they find, and nothing where there is none. */
final class Found {
    private Found() {}

    /** Empty where the probe was not run or did not end well: then nothing is known. */
    static Optional<List<List<String>>> rows(Evidence evidence, String probe, String word, int fields) {
        return evidence.of(probe)
                .filter(output -> output.ok())
                .map(output -> ProbeText.rows(ProbeText.lines(output.text()), word, fields));
    }
}
