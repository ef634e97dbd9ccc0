package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the driver library itself answers, from the probe {@code gpu.driverapi}.
 *
 * @param version 1000 times the major and 10 times the minor number of the newest CUDA that it speaks: 12040
 * @param init what {@code cuInit} returned: 0 good, 100 no card, 802 the links between the cards are not ready, 803 mismatch
 * @param libraries files that were loaded, by path
 * @param count how many cards it sees
 * @param cards of each: {@code name}, {@code memory} in bytes, {@code sm}, {@code major}, {@code minor}, {@code bus} in
 *     bits, {@code pci}
 */
public record DriverApi(
        OptionalInt version,
        OptionalInt init,
        OptionalInt count,
        List<String> libraries,
        List<Map<String, String>> cards) {
    private static final int MOST = 2000;
    private static final String NONE = "none";

    /** Keeps copies. */
    public DriverApi {
        libraries = List.copyOf(libraries);
        cards = cards.stream().map(Map::copyOf).toList();
    }

    /** Empty where the library was not asked. */
    public static Optional<DriverApi> of(Evidence evidence) {
        return evidence.of("gpu.driverapi").map(Output::text).flatMap(DriverApi::of);
    }

    /** Whether there is no such library on this box, or none that can be loaded. */
    public boolean isMissing() {
        return libraries.stream().anyMatch(path -> path.startsWith(NONE));
    }

    /** A library of CUDA's compatibility package, or a stub, in front of the driver's own: its version says nothing. */
    public boolean isInFront() {
        return libraries.stream().anyMatch(path -> path.contains("/compat") || path.contains("/stubs"));
    }

    /** Whether a library that shares a card out is loaded with it. */
    public boolean isShared() {
        return libraries.stream().anyMatch(path -> path.contains("vgpu"));
    }

    private static Optional<DriverApi> of(String text) {
        OptionalInt version = OptionalInt.empty();
        OptionalInt init = OptionalInt.empty();
        OptionalInt count = OptionalInt.empty();
        List<String> libraries = new ArrayList<>();
        List<Map<String, String>> cards = new ArrayList<>();
        for (String line : text.lines().limit(MOST).toList()) {
            int equals = line.indexOf('=');
            String key = equals < 0 ? "" : line.substring(0, equals).strip();
            String value = equals < 0 ? "" : line.substring(equals + 1).strip();
            switch (key) {
                case "version" -> version = whole(value);
                case "init" -> init = whole(value);
                case "count" -> count = whole(value);
                case "library" -> libraries.add(value);
                case "device" -> cards.add(new LinkedHashMap<>(Map.of("index", value)));
                case "name", "memory", "sm", "major", "minor", "bus", "pci", "compute_mode" -> {
                    if (!cards.isEmpty() && !value.startsWith("error")) {
                        SmiValue.put(cards.get(cards.size() - 1), key, value);
                    }
                }
                default -> {
                    // Clocks, caches and what later versions of the probe may add.
                }
            }
        }
        return version.isEmpty() && init.isEmpty() && libraries.isEmpty()
                ? Optional.empty()
                : Optional.of(new DriverApi(version, init, count, libraries, cards));
    }

    private static OptionalInt whole(String value) {
        return value.matches("-?[0-9]{1,9}") ? OptionalInt.of(Integer.parseInt(value)) : OptionalInt.empty();
    }
}
