package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The programs that use the cards.
 *
 * @param all every one that nvidia-smi names, each once
 * @param own those that this box sees while it is inspected, which are its own; none in what a person pasted
 */
public record GpuProcesses(List<GpuProcess> all, List<GpuProcess> own) {
    private static final int MOST = 500;
    private static final int NAMED = 4;

    /** Keeps copies. */
    public GpuProcesses {
        all = List.copyOf(all);
        own = List.copyOf(own);
    }

    /** By the list of programs, the table and the long listing. */
    public static GpuProcesses of(Evidence evidence) {
        List<GpuProcess> asked = evidence.text("gpu.apps").flatMap(SmiCsv::of).map(SmiCsv::rows).stream()
                .flatMap(List::stream)
                .filter(row -> row.containsKey("pid") || row.containsKey("process_name"))
                .limit(MOST)
                .map(GpuProcesses::process)
                .toList();
        boolean live =
                evidence.of("gpu.apps").filter(output -> !output.isPasted()).isPresent();
        Map<String, GpuProcess> all = new LinkedHashMap<>();
        List<GpuProcess> every = new ArrayList<>(asked);
        evidence.text("gpu.table").flatMap(SmiTable::of).ifPresent(table -> every.addAll(table.programs()));
        Gpus.log(evidence).ifPresent(log -> every.addAll(log.processes()));
        every.forEach(one -> all.merge(
                one.pid() + " " + one.name(), one, (old, next) -> old.mib().isPresent() ? old : next));
        return new GpuProcesses(List.copyOf(all.values()), live ? asked : List.of());
    }

    /** Whether it was seen that no program of this box uses a card. */
    public static boolean isNoneSeen(Evidence evidence) {
        return evidence.of("gpu.apps")
                .filter(output -> output.ok() && !output.isPasted())
                .filter(output -> SmiCsv.of(output.text()).isEmpty())
                .isPresent();
    }

    /** The memory that the box's own programs hold, in MiB; empty where that of one of them is not shown. */
    public OptionalDouble ownMib() {
        return own.stream().anyMatch(one -> one.mib().isEmpty())
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        own.stream().mapToDouble(one -> one.mib().orElse(0)).sum());
    }

    /** Those that hold most, each with its number and its memory; empty where none is named. */
    public static Optional<String> named(List<GpuProcess> processes) {
        List<String> names = processes.stream()
                .sorted((one, other) ->
                        Double.compare(other.mib().orElse(-1), one.mib().orElse(-1)))
                .limit(NAMED)
                .map(GpuProcesses::words)
                .toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("; ", names) + (processes.size() > NAMED ? "; …" : ""));
    }

    private static String words(GpuProcess process) {
        String mib = process.mib().isPresent()
                ? String.format(Locale.ROOT, ", %.0f MiB", process.mib().getAsDouble())
                : "";
        return process.name() + " (pid " + process.pid() + mib + ")";
    }

    private static GpuProcess process(Map<String, String> row) {
        return new GpuProcess(
                row.getOrDefault("gpu_uuid", "?"),
                row.getOrDefault("pid", "?"),
                row.getOrDefault("process_name", "?"),
                SmiValue.number(row.getOrDefault("used_gpu_memory", row.getOrDefault("used_memory", ""))));
    }
}
