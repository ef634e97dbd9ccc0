package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The signs that a card is not whole, or is somebody else's too. */
public final class GpuSharing {
    /** A sign, with what it was read from. */
    public enum Sign {
        MIG,
        VGPU,
        SHARED_OUT,
        PROFILE,
        FEWER_PROCESSORS,
        LESS_MEMORY,
        PRELOAD
    }

    /** What is known of the place that the card is seen from. */
    public enum Place {
        /** A machine without hypervisor and container: the whole host. */
        BARE,
        /** A virtual machine that was given the whole card. */
        PASSED_THROUGH,
        /** A container, where others' processes can't be seen. */
        CONTAINER,
        UNKNOWN
    }

    private static final int NARROWER = 1;

    private GpuSharing() {}

    /** All signs of all cards. */
    public static List<Sign> signs(Evidence evidence, Gpus gpus) {
        List<Sign> signs = new ArrayList<>();
        for (Sign sign : Sign.values()) {
            boolean seen = sign == Sign.PRELOAD
                    ? isPreloaded(evidence)
                    : !cards(sign, gpus).isEmpty();
            if (seen) {
                signs.add(sign);
            }
        }
        return List.copyOf(signs);
    }

    /** Where the card is seen from. */
    public static Place place(Evidence evidence, Gpus gpus) {
        String container = evidence.of("os.container").map(Output::text).orElse("");
        String virt = evidence.of("os.virt").map(Output::text).orElse("");
        if (container.contains("marker=")
                || container.contains("variable=")
                || virt.contains("container=docker")
                || container.contains("rootfs=overlay")
                || virt.matches("(?s).*container=(?!none|\\s|$).*")) {
            return Place.CONTAINER;
        }
        if (OperatingSystem.of(evidence).filter(OperatingSystem::isWindows).isPresent()) {
            return Place.UNKNOWN;
        }
        String mode = gpus.first().text("virtualization").orElse("");
        if (mode.equalsIgnoreCase("Pass-Through")) {
            return Place.PASSED_THROUGH;
        }
        boolean bare = virt.contains("vm=none") && virt.contains("hypervisor=no") && container.contains("systemd=yes");
        return bare && mode.equals("None") ? Place.BARE : Place.UNKNOWN;
    }

    /** A table of processes that is empty and does not say so: processes that this box may not see. */
    public static boolean hidesProcesses(Evidence evidence) {
        return evidence.text("gpu.table")
                .flatMap(SmiTable::of)
                .map(table -> table.processes() == SmiTable.Processes.HIDDEN)
                .orElse(false);
    }

    /** The most memory in use on a card, in MiB: of the samples, else of one look. */
    public static OptionalDouble usedMib(Evidence evidence, Gpus gpus) {
        Optional<OptionalDouble> sampled =
                GpuLoad.of(evidence).map(GpuLoad::usedMib).filter(OptionalDouble::isPresent);
        return sampled.orElseGet(() -> gpus.cards().stream()
                .flatMapToDouble(card -> card.number("memory.used").stream())
                .max());
    }

    /**
     * The cards that show this sign; none where it is not one of a card. A slice of MIG has fewer of everything: that is
     * one sign and not three.
     */
    public static List<Gpu> cards(Sign sign, Gpus gpus) {
        return gpus.cards().stream()
                .filter(card -> switch (sign) {
                    case MIG -> card.isMig();
                    case VGPU -> card.isVgpu();
                    case SHARED_OUT -> card.isSharedOut();
                    case PROFILE -> card.isProfile();
                    case FEWER_PROCESSORS -> !card.isMig() && hasFewerProcessors(card);
                    case LESS_MEMORY -> !card.isMig() && hasLessMemory(card);
                    case PRELOAD -> false;
                })
                .toList();
    }

    private static boolean hasFewerProcessors(Gpu gpu) {
        OptionalDouble sms = gpu.number("api.sm");
        return sms.isPresent()
                && gpu.known()
                        .map(card -> sms.getAsDouble() <= card.sms() - NARROWER)
                        .orElse(false);
    }

    private static boolean hasLessMemory(Gpu gpu) {
        OptionalDouble mib = gpu.memoryMib();
        return mib.isPresent()
                && gpu.known().map(card -> mib.getAsDouble() < card.leastMib()).orElse(false);
    }

    /** HAMi and its kin put a library in front of every program, and say so in nvidia-smi's own output. */
    private static boolean isPreloaded(Evidence evidence) {
        String env = evidence.of("user.env").map(Output::text).orElse("");
        String table = evidence.of("gpu.table").map(Output::text).orElse("");
        String list = evidence.of("gpu.list").map(Output::text).orElse("");
        return env.contains("libvgpu")
                || env.contains("CUDA_DEVICE_MEMORY_LIMIT")
                || env.contains("CUDA_DEVICE_SM_LIMIT")
                || (table + list).contains("HAMI-core")
                || (table + list).contains("libvgpu.so")
                || DriverApi.of(evidence).map(DriverApi::isShared).orElse(false);
    }
}
