package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.plan.BoxState;
import java.util.Optional;

/**
 * The box, as the first line of a plan names it.
 *
 * @param name as the user calls it
 * @param gpu empty where none was seen
 * @param rootWhy {@code given}, {@code found} or {@code chosen}
 * @param rootMissing it does not exist yet
 * @param freeBytes on the disk of the root, where known
 */
public record BoxLine(
        String name, Optional<String> gpu, String root, String rootWhy, boolean rootMissing, Optional<Long> freeBytes) {
    /** From what the survey found. */
    public static BoxLine of(String name, BoxState box) {
        return new BoxLine(
                name,
                fact(box, "gpu").map(BoxLine::gpuName),
                box.root(),
                box.rootWhy(),
                box.rootMissing(),
                fact(box, "free").filter(free -> free.matches("\\d{1,18}")).map(Long::valueOf));
    }

    /** {@code a1: NVIDIA A100-SXM4-80GB, root /workspace/flashvsr (chosen for its space, not there yet)}. */
    @Override
    public String toString() {
        String why = switch (rootWhy) {
            case "given" -> "as given";
            case "found" -> "found there";
            case "chosen" -> "chosen";
            default -> rootWhy;
        };
        return name + ": " + gpu.orElse("no GPU seen") + ", root " + root + " (" + why
                + (rootMissing ? ", not there yet)" : ")");
    }

    /** {@code nvidia-smi -L} says {@code GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-…)}. */
    static String gpuName(String line) {
        return line.replaceFirst("^GPU \\d+: ", "").replaceFirst(" \\(UUID:.*", "");
    }

    private static Optional<String> fact(BoxState box, String name) {
        return Optional.ofNullable(box.facts().get(name)).filter(value -> !value.isBlank());
    }
}
