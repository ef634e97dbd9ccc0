package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import java.util.List;
import java.util.Optional;

/** Why nvidia-smi or the driver library says nothing of a card, by what it says instead. */
public enum GpuTrouble {
    /** nvidia-smi did not end: the driver hangs. */
    HANGS,
    /** The cards were there and are not any more: a container that lost them. Of a single card {@link CardFaults} tells. */
    LOST,
    /** The kernel's part of the driver and the libraries are of two versions. */
    MISMATCH,
    /** The kernel has no NVIDIA driver loaded. */
    NO_DRIVER,
    /** The tool runs, its library is missing. */
    NO_LIBRARY,
    /** The driver is there and sees no card. */
    NO_DEVICES,
    /** The box may not open the card. */
    DENIED,
    /** There is no nvidia-smi. */
    NO_TOOL;

    private static final List<String> TOOLS =
            List.of("gpu.list", "gpu.core", "gpu.xml", "gpu.table", "gpu.capability", "gpu.power");

    /** The first that fits, the plainest sign first. */
    public static Optional<GpuTrouble> of(Evidence evidence) {
        for (GpuTrouble trouble : values()) {
            if (TOOLS.stream().flatMap(id -> evidence.of(id).stream()).anyMatch(trouble::shows)) {
                return Optional.of(trouble);
            }
        }
        return Optional.empty();
    }

    private boolean shows(Output output) {
        String text = output.text();
        return switch (this) {
            case HANGS -> output.timedOut();
            case LOST -> text.contains("Failed to initialize NVML: Unknown Error");
            case MISMATCH -> text.contains("Driver/library version mismatch");
            case NO_DRIVER ->
                text.contains("couldn't communicate with the NVIDIA driver")
                        || text.contains("Failed to initialize NVML: Driver Not Loaded");
            case NO_LIBRARY ->
                text.contains("couldn't find libnvidia-ml.so")
                        || text.contains("libnvidia-ml.so.1: cannot open shared object");
            case NO_DEVICES -> text.contains("No devices were found") || text.contains("No devices found");
            case DENIED -> text.contains("Failed to initialize NVML: Insufficient Permissions");
            case NO_TOOL ->
                text.contains("no nvidia-smi on this box")
                        || text.contains("nvidia-smi: command not found")
                        || text.contains("nvidia-smi: not found");
        };
    }
}
