package dev.flashvsr.deploy.inspect.probe;

import java.time.Duration;
import java.util.List;

/**
 * A command that reads and changes nothing.
 *
 * @param id such as {@code gpu.xml}
 * @param lane probes of one lane run one after another, lanes beside each other; {@code net} measures speeds
 * @param limit after which it is ended
 * @param vars variables of the playbook that it is given, as environment variables (addresses to try)
 * @param command bash, run with LC_ALL=C
 */
public record Probe(String id, String lane, Duration limit, List<String> vars, String command) {
    /** Keeps a copy. */
    public Probe {
        vars = List.copyOf(vars);
    }
}
