package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Faults of the cards that nvidia-smi tells of, in any of its outputs: table, list, csv, long listing and messages. */
public final class CardFaults {
    private static final Pattern HANDLE = Pattern.compile(
            "Unable to (?:determine|detect) the device handle for (?:the )?GPU ?([0-9A-Za-z:. ]{1,40}?): ?([A-Za-z][A-Za-z !]{2,60})",
            Pattern.CASE_INSENSITIVE);

    /** Instruments that some healthy cards do not read, for a moment or for good. */
    private static final Set<String> INSTRUMENTS = Set.of("fan.speed", "power.draw");

    /** Without these it is not known what card it is. */
    private static final Set<String> IDENTITY =
            Set.of("name", "uuid", "memory.total", "memory.used", "memory.free", "utilization.gpu", "pstate");

    private static final int MOST = 64;

    private CardFaults() {}

    /** All of them, the gravest first; of one card the gravest alone. */
    public static List<CardFault> of(Evidence evidence) {
        List<Gpu> cards = Gpus.of(evidence).map(Gpus::cards).orElse(List.of());
        List<CardFault> faults = new ArrayList<>();
        cards.forEach(card -> of(card).ifPresent(faults::add));
        evidence.outputs().forEach((id, output) -> {
            Matcher message = HANDLE.matcher(id.startsWith("gpu.") ? output.text() : "");
            while (message.find() && faults.size() < MOST) {
                CardFault fault =
                        handle(message.group(1).strip(), message.group(2).strip(), cards);
                if (faults.stream().noneMatch(known -> known.card().equals(fault.card()))) {
                    faults.add(fault);
                }
            }
        });
        faults.sort(Comparator.comparing(CardFault::kind));
        return List.copyOf(faults);
    }

    /** What this card says of itself. */
    public static Optional<CardFault> of(Gpu gpu) {
        Map<String, String> faults = gpu.faults();
        Optional<String> dead =
                faults.values().stream().filter(SmiValue::isDead).findFirst();
        if (dead.isPresent()) {
            return Optional.of(new CardFault(gpu.label(), kind(dead.get()), dead.get()));
        }
        if (!INSTRUMENTS.containsAll(faults.keySet()) || faults.size() > 1) {
            return Optional.of(new CardFault(gpu.label(), CardFault.Kind.NO_ANSWER, words(faults)));
        }
        return flagged(gpu)
                .map(words -> new CardFault(gpu.label(), CardFault.Kind.RESET, words))
                .or(() -> faults.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new CardFault(gpu.label(), CardFault.Kind.INSTRUMENT, words(faults))));
    }

    /** Whether this card's other values are not to be believed. */
    public static boolean isDead(Gpu gpu) {
        Map<String, String> faults = gpu.faults();
        return faults.values().stream().anyMatch(SmiValue::isDead)
                || faults.keySet().stream().anyMatch(IDENTITY::contains);
    }

    /** Flags that the driver sets on a card that still answers. */
    private static Optional<String> flagged(Gpu gpu) {
        return yes(gpu, "reset_status.reset_required", "Reset Required")
                .or(() -> gpu.text("gpu_recovery_action").map(action -> "GPU Recovery Action: " + action))
                .or(() -> yes(gpu, "reset_status.drain_and_reset_recommended", "Drain and Reset Recommended"));
    }

    private static Optional<String> yes(Gpu gpu, String field, String name) {
        return gpu.text(field).filter("Yes"::equalsIgnoreCase).map(yes -> name + ": " + yes);
    }

    private static CardFault handle(String bus, String words, List<Gpu> cards) {
        String label = cards.stream()
                .filter(card -> card.text("pci.bus_id")
                        .filter(address -> bus.toLowerCase(Locale.ROOT).contains(address.toLowerCase(Locale.ROOT)))
                        .isPresent())
                .findFirst()
                .map(Gpu::label)
                .orElse("GPU " + bus);
        return new CardFault(label, kind(words), words);
    }

    private static CardFault.Kind kind(String words) {
        return words.toLowerCase(Locale.ROOT).contains("reset") ? CardFault.Kind.RESET : CardFault.Kind.LOST;
    }

    /** Such as {@code name: ERR!, memory.total: ERR!}, the first three of them. */
    private static String words(Map<String, String> faults) {
        List<String> all = faults.entrySet().stream()
                .map(fault -> fault.getKey() + ": " + fault.getValue())
                .toList();
        return String.join(", ", all.subList(0, Math.min(3, all.size()))) + (all.size() > 3 ? ", …" : "");
    }
}
