package dev.flashvsr.deploy.inspect.facts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What plain {@code nvidia-smi} prints, in the layouts of drivers from 418 to 610.
 *
 * @param driver such as 550.54.15; newer drivers call it the version of the kernel's part
 * @param cards known values by the names of {@code --query-gpu}; long names are cut by the table, and end in three dots
 * @param processes what the table of processes shows
 * @param programs the processes that it names
 */
public record SmiTable(
        Optional<String> driver, List<Map<String, String>> cards, Processes processes, List<GpuProcess> programs) {
    private static final Pattern BANNER =
            Pattern.compile("NVIDIA-SMI\\s+[0-9.]+.*?(?:Driver|KMD) Version: *([0-9.]{3,20})");
    private static final Pattern FIRST = Pattern.compile(
            "\\|\\s+([0-9]{1,3})\\s+(\\S.{0,80}?)\\s+(?:On|Off|N/A|ERR!|WDDM|TCC|MCDM)\\s*\\|([^|]{2,80})\\|[^|]*\\|?");
    private static final Pattern BUS = Pattern.compile("[0-9A-Fa-f]{4,8}:[0-9A-Fa-f:.]{7,10}");
    private static final Pattern ERRORS = Pattern.compile("\\|\\s*([0-9]{1,12}|ERR!|Unknown Error)\\s*\\|?$");
    private static final Pattern ENABLED = Pattern.compile("\\|\\s*Enabled\\s*\\|?$");
    private static final Pattern MEMORY = Pattern.compile("([0-9]{1,12})MiB\\s*/\\s*([0-9]{1,12})MiB");
    private static final Pattern LOAD = Pattern.compile("([0-9]{1,3})%\\s+(\\S+)");
    private static final Pattern SLICE = Pattern.compile(
            "\\|\\s*([0-9]{1,3})\\s+\\S+\\s+\\S+\\s+[0-9]{1,3}\\s*\\|\\s*([0-9]{1,12})MiB\\s*/\\s*([0-9]{1,12})MiB\\s*\\|.*");
    private static final Pattern PROGRAM = Pattern.compile(
            "\\|\\s+([0-9]{1,3})\\s+(?:\\S+\\s+\\S+\\s+)?([0-9]{1,10})\\s+[CGM+]{1,5}\\s+(\\S.*?)\\s+(?:([0-9]{1,12})MiB|N/A)\\s*\\|");
    private static final Pattern POWER = Pattern.compile("([0-9]{1,5})W\\s*/\\s*([0-9]{1,5})W");
    private static final Pattern TEMPERATURE = Pattern.compile("\\s([0-9]{1,3})C\\s");

    /** The table of processes. */
    public enum Processes {
        /** "No running processes found". */
        NONE,
        /** Some are listed. */
        SOME,
        /** An empty table without these words: processes that this box may not see. */
        HIDDEN,
        /** There is no such table, or it is cut short. */
        UNKNOWN
    }

    /** Keeps copies. */
    public SmiTable {
        cards = cards.stream().map(Map::copyOf).toList();
        programs = List.copyOf(programs);
    }

    /** Empty where the banner is missing and no card is in it. */
    public static Optional<SmiTable> of(String text) {
        Optional<String> driver = Optional.empty();
        List<Map<String, String>> cards = new ArrayList<>();
        List<String> lines = text.lines()
                .filter(line -> !line.contains("[HAMI-core"))
                .limit(2000)
                .toList();
        int table = lines.size();
        boolean slices = false;
        for (int i = 0; i < table; i++) {
            String line = lines.get(i).strip();
            Matcher banner = BANNER.matcher(line);
            Matcher first = FIRST.matcher(line);
            if (banner.find()) {
                driver = Optional.of(banner.group(1));
            } else if (line.contains("Processes:")) {
                table = i;
            } else if (line.contains("MIG devices:")) {
                slices = true;
            } else if (slices) {
                slice(cards, line);
            } else if (first.matches() && !line.contains("MiB")) {
                cards.add(new LinkedHashMap<>());
                SmiValue.put(last(cards), "index", first.group(1));
                SmiValue.put(last(cards), "name", first.group(2));
                Matcher bus = BUS.matcher(first.group(3));
                if (bus.find()) {
                    SmiValue.put(last(cards), "pci.bus_id", bus.group());
                }
                Matcher errors = ERRORS.matcher(line);
                if (errors.find()) {
                    SmiValue.put(last(cards), "ecc.errors.uncorrected.volatile.total", errors.group(1));
                }
            } else if (!cards.isEmpty() && line.startsWith("|")) {
                second(last(cards), line);
            }
        }
        boolean nothing = driver.isEmpty() && cards.isEmpty();
        return nothing
                ? Optional.empty()
                : Optional.of(new SmiTable(driver, cards, processes(lines, table), programs(lines, table)));
    }

    /** A slice belongs to the card whose index stands in front of it; CUDA takes the first of a card. */
    private static void slice(List<Map<String, String>> cards, String line) {
        Matcher slice = SLICE.matcher(line);
        if (!slice.matches()) {
            return;
        }
        cards.stream()
                .filter(card -> slice.group(1).equals(card.get("index")))
                .findFirst()
                .ifPresent(card -> {
                    card.put("mig.mode.current", "Enabled");
                    SmiValue.put(card, "mig.memory.used", slice.group(2));
                    SmiValue.put(card, "mig.memory.total", slice.group(3));
                });
    }

    private static List<GpuProcess> programs(List<String> lines, int table) {
        return lines.stream()
                .skip(table)
                .map(line -> PROGRAM.matcher(line.strip()))
                .filter(Matcher::matches)
                .map(program -> new GpuProcess(
                        program.group(1),
                        program.group(2),
                        program.group(3),
                        program.group(4) == null ? OptionalDouble.empty() : SmiValue.number(program.group(4))))
                .toList();
    }

    /** What stands in place of a reading of the second row: fan, temperature, state, power. */
    private static void faults(Map<String, String> card, String[] cells) {
        List<String> names =
                List.of("fan.speed", "temperature.gpu", "pstate", "power.draw", "/", "enforced.power.limit");
        String[] words = cells.length > 1 ? cells[1].strip().split("\\s+") : new String[0];
        for (int i = 0; i < Math.min(words.length, names.size()); i++) {
            fault(card, names.get(i), words[i]);
        }
        if (cells.length > 2) {
            fault(card, "memory.total", cells[2]);
        }
        if (cells.length > 3) {
            fault(card, "utilization.gpu", cells[3].strip().split("\\s{2,}", 2)[0]);
        }
    }

    private static void fault(Map<String, String> card, String field, String words) {
        SmiValue.fault(words).ifPresent(found -> SmiValue.put(card, field, found));
    }

    private static void second(Map<String, String> card, String line) {
        String[] cells = line.split("\\|");
        Matcher memory = MEMORY.matcher(line);
        if (cells.length > 3 && !cells[1].isBlank()) {
            faults(card, cells);
        } else if (cells.length > 3) {
            fault(card, "mig.mode.current", cells[3]);
        }
        if (!memory.find()) {
            if (ENABLED.matcher(line).find()) {
                SmiValue.put(card, "mig.mode.current", "Enabled");
            }
            return;
        }
        SmiValue.put(card, "memory.used", memory.group(1));
        SmiValue.put(card, "memory.total", memory.group(2));
        Matcher load = LOAD.matcher(line.substring(memory.end()));
        if (load.find()) {
            SmiValue.put(card, "utilization.gpu", load.group(1));
            SmiValue.put(card, "compute_mode", load.group(2));
        }
        Matcher power = POWER.matcher(line);
        if (power.find()) {
            SmiValue.put(card, "power.draw", power.group(1));
            SmiValue.put(card, "enforced.power.limit", power.group(2));
        }
        Matcher temperature = TEMPERATURE.matcher(line);
        if (temperature.find()) {
            SmiValue.put(card, "temperature.gpu", temperature.group(1));
        }
    }

    private static Map<String, String> last(List<Map<String, String>> cards) {
        return cards.get(cards.size() - 1);
    }

    /** Below the line of equal signs stand processes, the words that there are none, or nothing. */
    private static Processes processes(List<String> lines, int table) {
        boolean below = false;
        for (int i = table + 1; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.contains("No running processes found")) {
                return Processes.NONE;
            }
            if (line.startsWith("|====")) {
                below = true;
            } else if (below && line.startsWith("+--")) {
                return Processes.HIDDEN;
            } else if (below && line.matches("\\|\\s+[0-9].*MiB\\s*\\|")) {
                return Processes.SOME;
            } else if (below && line.matches("\\|\\s+[0-9]+\\s+\\S.*\\|")) {
                return Processes.SOME;
            }
        }
        return Processes.UNKNOWN;
    }
}
