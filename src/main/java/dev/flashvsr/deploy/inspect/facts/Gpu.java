package dev.flashvsr.deploy.inspect.facts;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One card, by all that was read of it.
 *
 * @param fields known values by the names of {@code nvidia-smi --query-gpu}, without units (MiB, W, MHz, %); beside them
 *     {@code virtualization}, {@code architecture}, and of the driver library {@code api.sm}, {@code api.bus},
 *     {@code api.memory} in bytes, {@code api.major}, {@code api.minor}; of the first slice {@code mig.memory.total} and its
 *     like; under {@code fault.} and a field the words that stand in its place
 */
public record Gpu(Map<String, String> fields) {
    /** {@code -40C} of GRID A100-40C, {@code -1-5C} and {@code -4-40CME} of slices; see NVIDIA's vGPU user guide. */
    private static final Pattern PROFILE = Pattern.compile(".*-[0-9]+(-[0-9]+)?[CQBA](ME)?$");

    private static final double MIB = 1024 * 1024;

    /** Keeps a copy. */
    public Gpu {
        fields = Map.copyOf(fields);
    }

    /** The value of this field. */
    public Optional<String> text(String field) {
        return Optional.ofNullable(fields.get(field));
    }

    /** The number of this field. */
    public OptionalDouble number(String field) {
        return SmiValue.number(fields.getOrDefault(field, ""));
    }

    /** Whether its name was read. */
    public boolean isNamed() {
        return text("name").or(() -> text("api.name")).isPresent();
    }

    /** Its name; what could not be read is "GPU". */
    public String name() {
        return text("name").or(() -> text("api.name")).orElse("GPU");
    }

    /** All of its memory in MiB, as the driver shows it; of a card in slices that of its first slice, where it is known. */
    public OptionalDouble memoryMib() {
        OptionalDouble usable = usableMib();
        return usable.isPresent() ? usable : number("memory.total");
    }

    /** The memory in MiB that a program on it gets: of a card in slices that of its first slice, and never that of the card. */
    public OptionalDouble usableMib() {
        OptionalDouble total = number(isMig() ? "mig.memory.total" : "memory.total");
        OptionalDouble bytes = number("api.memory");
        return total.isPresent() || bytes.isEmpty() ? total : OptionalDouble.of(bytes.getAsDouble() / MIB);
    }

    /** What of that is free, in MiB. */
    public OptionalDouble freeMib() {
        String of = isMig() ? "mig.memory." : "memory.";
        OptionalDouble free = number(of + "free");
        OptionalDouble total = number(of + "total");
        OptionalDouble used = number(of + "used");
        return free.isPresent() || total.isEmpty() || used.isEmpty()
                ? free
                : OptionalDouble.of(Math.max(0, total.getAsDouble() - used.getAsDouble()));
    }

    /** Which card it is among the box's: "GPU 0", with its name and its address on the bus where they are known. */
    public String label() {
        String known = Stream.of(text("name"), text("pci.bus_id"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return "GPU " + text("index").orElse("0") + (known.isEmpty() ? "" : " (" + known + ")");
    }

    /** What was printed in place of values because the card did not answer, by field. */
    public Map<String, String> faults() {
        Map<String, String> faults = new TreeMap<>();
        fields.forEach((field, words) -> {
            if (field.startsWith(SmiValue.FAULT)) {
                faults.put(field.substring(SmiValue.FAULT.length()), words);
            }
        });
        return faults;
    }

    /** Ten times major and minor number together: 80 for 8.0; by the driver, else by the known card of this name. */
    public OptionalInt capability() {
        OptionalDouble major = number("api.major");
        OptionalDouble minor = number("api.minor");
        if (major.isPresent() && minor.isPresent()) {
            return OptionalInt.of((int) (major.getAsDouble() * 10 + minor.getAsDouble()));
        }
        OptionalDouble cap = number("compute_cap");
        return cap.isPresent()
                ? OptionalInt.of((int) Math.round(cap.getAsDouble() * 10))
                : known().map(card -> OptionalInt.of(card.capability())).orElse(OptionalInt.empty());
    }

    /** What is known of a card of this name and memory. */
    public Optional<KnownCard> known() {
        return KnownCards.find(name(), memoryMib());
    }

    /** Whether the name is that of a share of a card. */
    public boolean isProfile() {
        return PROFILE.matcher(name()).matches();
    }

    /** Whether the driver says that it is a share of a card of the host. */
    public boolean isVgpu() {
        return text("virtualization").map(mode -> mode.equalsIgnoreCase("VGPU")).orElse(false);
    }

    /** Whether the driver is one that shares this card out to virtual machines. */
    public boolean isSharedOut() {
        return text("virtualization").map(mode -> mode.startsWith("Host ")).orElse(false)
                || text("host_vgpu_mode").map(mode -> mode.contains("SR-IOV")).orElse(false);
    }

    /** Whether the card is cut into slices. */
    public boolean isMig() {
        return text("mig.mode.current").map("Enabled"::equals).orElse(false)
                || text("api.name").map(name -> name.contains(" MIG ")).orElse(false);
    }
}
