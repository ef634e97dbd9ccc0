package dev.flashvsr.deploy.inspect.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Probes as the survey takes them, and its answers as evidence; sections 7 and 8 of docs/box-protocol.md. */
public final class ProbeEntries {
    /** What the box may take beyond a probe's limit to give it up. */
    private static final Duration GRACE = Duration.ofSeconds(4);

    private ProbeEntries() {}

    /** The request for these probes; {@code values} are the playbook's variables. */
    public static Map<String, byte[]> request(Collection<Probe> probes, Map<String, String> values) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(
                "probes",
                probes.stream()
                        .map(probe -> probe.id() + " " + probe.lane() + " "
                                + probe.limit().toSeconds() + "\n")
                        .collect(Collectors.joining())
                        .getBytes(UTF_8));
        for (Probe probe : probes) {
            String base = "probes/" + probe.id() + "/";
            entries.put(base + "command", probe.command().getBytes(UTF_8));
            values.forEach((name, value) -> {
                // The survey knows the root, and gives it to every probe.
                if (probe.vars().contains(name) && !name.equals("root")) {
                    entries.put(base + "vars/" + name, value.getBytes(UTF_8));
                }
            });
        }
        return entries;
    }

    /** How long all of them may take: the longest lane. */
    public static Duration limit(Collection<Probe> probes) {
        return probes.stream()
                .collect(Collectors.groupingBy(
                        Probe::lane,
                        Collectors.reducing(
                                Duration.ZERO, probe -> probe.limit().plus(GRACE), Duration::plus)))
                .values()
                .stream()
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** What the box answered; a probe that it says nothing of is missing. */
    public static Evidence evidence(Collection<Probe> probes, Map<String, byte[]> answers) {
        Map<String, Output> outputs = new TreeMap<>();
        for (Probe probe : probes) {
            byte[] text = answers.get(probe.id());
            byte[] exit = answers.get(probe.id() + "/exit");
            if (text != null && exit != null) {
                outputs.put(probe.id(), output(probe, new String(exit, UTF_8).strip(), new String(text, UTF_8)));
            }
        }
        return new Evidence(outputs);
    }

    private static Output output(Probe probe, String exit, String text) {
        OptionalInt status = exit.matches("[0-9]{1,3}") ? OptionalInt.of(Integer.parseInt(exit)) : OptionalInt.empty();
        return new Output(probe.command(), status, exit.equals("timeout"), text);
    }
}
