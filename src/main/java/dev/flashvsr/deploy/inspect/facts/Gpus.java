package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The cards of a box, by everything that was read of them: csv first, then XML or text, the driver library, the table,
 * the list.
 *
 * @param driver the driver's version as nvidia-smi tells it, else the kernel's
 * @param slices MIG slices that this box sees
 */
public record Gpus(Optional<String> driver, List<Gpu> cards, List<String> slices) {
    private static final List<String> CSV =
            List.of("gpu.core", "gpu.capability", "gpu.power", "gpu.pcie", "gpu.throttle", "gpu.health", "gpu.query");

    /** Keeps copies. */
    public Gpus {
        cards = List.copyOf(cards);
        slices = List.copyOf(slices);
    }

    /** Empty where no card was seen by anything. */
    public static Optional<Gpus> of(Evidence evidence) {
        Map<Integer, Map<String, String>> cards = new TreeMap<>();
        for (String id : CSV) {
            // Also of a query that failed in the end: what came before counts.
            evidence.of(id)
                    .filter(output -> !output.timedOut())
                    .flatMap(output -> SmiCsv.of(output.text()))
                    .ifPresent(csv -> add(cards, csv.rows()));
        }
        Optional<SmiLog> log = log(evidence);
        log.ifPresent(found -> add(cards, found.cards()));
        Optional<SmiTable> table = evidence.text("gpu.table").flatMap(SmiTable::of);
        table.ifPresent(found -> add(cards, found.cards()));
        Optional<SmiList> list = evidence.text("gpu.list").flatMap(SmiList::of);
        list.ifPresent(found -> add(cards, found.cards().stream().map(Gpus::row).toList()));
        remapped(evidence, cards);
        DriverApi.of(evidence).ifPresent(api -> add(cards, api));
        cards.forEach((index, card) -> card.putIfAbsent("index", String.valueOf(index)));
        if (cards.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> driver = cards.values().stream()
                .flatMap(card -> Optional.ofNullable(card.get("driver_version")).stream())
                .findFirst()
                .or(() -> log.flatMap(SmiLog::driver))
                .or(() -> table.flatMap(SmiTable::driver))
                .or(() -> GpuPresence.of(evidence).flatMap(GpuPresence::driver));
        List<String> slices = list.map(found -> found.cards().stream()
                        .flatMap(card -> card.slices().stream())
                        .toList())
                .orElse(List.of());
        return Optional.of(
                new Gpus(driver, cards.values().stream().map(Gpu::new).toList(), slices));
    }

    /** The long listing, XML or text. */
    static Optional<SmiLog> log(Evidence evidence) {
        return evidence.of("gpu.xml")
                .map(Output::text)
                .flatMap(SmiLog::ofXml)
                .or(() -> evidence.of("gpu.text").map(Output::text).flatMap(SmiLog::ofText));
    }

    /** The first card: the one that is used. */
    public Gpu first() {
        return cards.get(0);
    }

    private static Map<String, String> row(SmiList.Card card) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("index", String.valueOf(card.index()));
        SmiValue.put(row, "name", card.name());
        card.uuid().ifPresent(uuid -> SmiValue.put(row, "uuid", uuid));
        if (!card.slices().isEmpty()) {
            row.put("mig.mode.current", "Enabled");
        }
        return row;
    }

    private static void add(Map<Integer, Map<String, String>> cards, List<Map<String, String>> rows) {
        for (int i = 0; i < rows.size(); i++) {
            Map<String, String> row = rows.get(i);
            if (row.isEmpty()) {
                continue;
            }
            String index = row.getOrDefault("index", "");
            int key = index.matches("[0-9]{1,3}") ? Integer.parseInt(index) : i;
            Map<String, String> card = cards.computeIfAbsent(key, none -> new LinkedHashMap<>());
            row.forEach((field, value) -> merge(card, field, value));
        }
    }

    /** CUDA may number the cards in an order of its own, and sees of a card in slices the slice alone. */
    private static void add(Map<Integer, Map<String, String>> cards, DriverApi api) {
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < api.cards().size(); i++) {
            Map<String, String> seen = api.cards().get(i);
            int place = i;
            int key = find(cards, taken, card -> isSameBus(seen, card))
                    .or(() ->
                            find(cards, taken, card -> isSlice(seen) && "Enabled".equals(card.get("mig.mode.current"))))
                    .or(() -> find(
                            cards, taken, card -> seen.getOrDefault("name", "-").equals(card.getOrDefault("name", ""))))
                    .orElse(place);
            taken.add(key);
            Map<String, String> card = cards.computeIfAbsent(key, none -> new LinkedHashMap<>());
            seen.forEach((field, value) -> merge(card, "api." + field, value));
        }
    }

    private static Optional<Integer> find(
            Map<Integer, Map<String, String>> cards, Set<Integer> taken, Predicate<Map<String, String>> fits) {
        return cards.entrySet().stream()
                .filter(card -> !taken.contains(card.getKey()) && fits.test(card.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean isSlice(Map<String, String> seen) {
        return seen.getOrDefault("name", "").contains(" MIG ");
    }

    /** Zeros in front of an address on the bus do not count. */
    private static boolean isSameBus(Map<String, String> seen, Map<String, String> card) {
        String one = seen.getOrDefault("pci", "-");
        String other = card.getOrDefault("pci.bus_id", "");
        return !other.isEmpty() && BusAddress.isSame(one, other);
    }

    /** The table cuts long names: a name that another source knows whole is better. */
    private static void merge(Map<String, String> card, String field, String value) {
        String known = card.get(field);
        if (known == null || field.equals("name") && known.endsWith("...") && !value.endsWith("...")) {
            card.put(field, value);
        }
    }

    private static void remapped(Evidence evidence, Map<Integer, Map<String, String>> cards) {
        List<Map<String, String>> rows = new ArrayList<>(
                evidence.text("gpu.remap").flatMap(SmiCsv::of).map(SmiCsv::rows).orElse(List.of()));
        for (Map<String, String> row : rows) {
            for (Map<String, String> card : cards.values()) {
                String uuid = row.getOrDefault("gpu_uuid", "");
                if (cards.size() == 1 || !uuid.isEmpty() && uuid.equals(card.get("uuid"))) {
                    row.forEach((field, value) -> merge(card, field, value));
                }
            }
        }
    }
}
