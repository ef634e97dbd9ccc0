package dev.flashvsr.deploy.inspect.facts;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which element of {@code nvidia-smi -q -x}, and which line of {@code nvidia-smi -q}, is which field of
 * {@code --query-gpu}. Names of elements as drivers from 418 to 590 print them; a path is
 * the last two names, or the last three where two would be ambiguous.
 */
final class SmiFields {
    /** By the element's path below {@code gpu}. */
    static final Map<String, String> BY_ELEMENT = byElement();

    /** By the line's heading and key, in small letters. */
    static final Map<String, String> BY_LINE = byLine();

    private SmiFields() {}

    private static Map<String, String> byElement() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("gpu/product_name", "name");
        all.put("driver_model/current_dm", "driver_model.current");
        all.put("gpu/product_architecture", "architecture");
        all.put("gpu/uuid", "uuid");
        all.put("gpu/persistence_mode", "persistence_mode");
        all.put("gpu/vbios_version", "vbios_version");
        all.put("gpu/compute_mode", "compute_mode");
        all.put("gpu/performance_state", "pstate");
        all.put("mig_mode/current_mig", "mig.mode.current");
        all.put("mig_mode/pending_mig", "mig.mode.pending");
        all.put("gpu_virtualization_mode/virtualization_mode", "virtualization");
        all.put("pci/pci_bus_id", "pci.bus_id");
        all.put("pci/pci_device_id", "pci.device_id");
        all.put("pcie_gen/current_link_gen", "pcie.link.gen.current");
        all.put("pcie_gen/max_link_gen", "pcie.link.gen.max");
        all.put("link_widths/current_link_width", "pcie.link.width.current");
        all.put("link_widths/max_link_width", "pcie.link.width.max");
        all.put("fb_memory_usage/total", "memory.total");
        all.put("fb_memory_usage/used", "memory.used");
        all.put("fb_memory_usage/free", "memory.free");
        all.put("utilization/gpu_util", "utilization.gpu");
        all.put("ecc_mode/current_ecc", "ecc.mode.current");
        all.put("gpu/fan_speed", "fan.speed");
        all.put("gpu_virtualization_mode/host_vgpu_mode", "host_vgpu_mode");
        all.put("gpu_reset_status/reset_required", "reset_status.reset_required");
        all.put("gpu_reset_status/drain_and_reset_recommended", "reset_status.drain_and_reset_recommended");
        all.put("gpu/gpu_recovery_action", "gpu_recovery_action");
        all.put("volatile/dram_uncorrectable", "ecc.errors.uncorrected.volatile.total");
        all.put("volatile/sram_uncorrectable", "ecc.errors.uncorrected.volatile.sram");
        all.put("volatile/sram_uncorrectable_parity", "ecc.errors.uncorrected.volatile.sram.parity");
        all.put("volatile/sram_uncorrectable_secded", "ecc.errors.uncorrected.volatile.sram.secded");
        all.put("volatile/double_bit/total", "ecc.errors.uncorrected.volatile.total");
        all.put("aggregate/sram_threshold_exceeded", "ecc.sram_threshold_exceeded");
        all.put("retired_pages/pending_blacklist", "retired_pages.pending");
        all.put("retired_pages/pending_retirement", "retired_pages.pending");
        all.put("ecc_errors/channel_repair_pending", "repair.channel_pending");
        all.put("ecc_errors/tpc_repair_pending", "repair.tpc_pending");
        all.put("ecc_errors/unrepairable_memory", "repair.impossible");
        all.put("remapped_rows/remapped_row_unc", "remapped_rows.uncorrectable");
        all.put("remapped_rows/remapped_row_pending", "remapped_rows.pending");
        all.put("remapped_rows/remapped_row_failure", "remapped_rows.failure");
        all.put("temperature/gpu_temp", "temperature.gpu");
        // 535 and later; before it was one element of all, and its names went through two changes.
        for (String readings : new String[] {"gpu_power_readings", "power_readings"}) {
            all.put(readings + "/power_draw", "power.draw");
            all.put(readings + "/instant_power_draw", "power.draw");
            all.put(readings + "/average_power_draw", "power.draw");
            all.put(readings + "/current_power_limit", "enforced.power.limit");
            all.put(readings + "/enforced_power_limit", "enforced.power.limit");
            all.put(readings + "/requested_power_limit", "power.limit");
            all.put(readings + "/power_limit", "power.limit");
            all.put(readings + "/default_power_limit", "power.default_limit");
            all.put(readings + "/max_power_limit", "power.max_limit");
        }
        all.put("clocks/sm_clock", "clocks.current.sm");
        all.put("max_clocks/sm_clock", "clocks.max.sm");
        all.put("clocks/mem_clock", "clocks.current.memory");
        all.put("max_clocks/mem_clock", "clocks.max.memory");
        return Map.copyOf(all);
    }

    private static Map<String, String> byLine() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("gpu/product name", "name");
        all.put("gpu/product architecture", "architecture");
        all.put("gpu/gpu uuid", "uuid");
        all.put("gpu/persistence mode", "persistence_mode");
        all.put("gpu/vbios version", "vbios_version");
        all.put("gpu/compute mode", "compute_mode");
        all.put("gpu/performance state", "pstate");
        all.put("mig mode/current", "mig.mode.current");
        all.put("mig mode/pending", "mig.mode.pending");
        all.put("gpu virtualization mode/virtualization mode", "virtualization");
        all.put("pci/bus id", "pci.bus_id");
        all.put("pcie generation/current", "pcie.link.gen.current");
        all.put("pcie generation/max", "pcie.link.gen.max");
        all.put("link width/current", "pcie.link.width.current");
        all.put("link width/max", "pcie.link.width.max");
        all.put("fb memory usage/total", "memory.total");
        all.put("fb memory usage/used", "memory.used");
        all.put("fb memory usage/free", "memory.free");
        all.put("utilization/gpu", "utilization.gpu");
        all.put("ecc mode/current", "ecc.mode.current");
        all.put("gpu/fan speed", "fan.speed");
        all.put("gpu virtualization mode/host vgpu mode", "host_vgpu_mode");
        all.put("gpu reset status/reset required", "reset_status.reset_required");
        all.put("gpu reset status/drain and reset recommended", "reset_status.drain_and_reset_recommended");
        all.put("gpu/gpu recovery action", "gpu_recovery_action");
        all.put("volatile/dram uncorrectable", "ecc.errors.uncorrected.volatile.total");
        all.put("volatile/sram uncorrectable", "ecc.errors.uncorrected.volatile.sram");
        all.put("volatile/sram uncorrectable parity", "ecc.errors.uncorrected.volatile.sram.parity");
        all.put("volatile/sram uncorrectable sec-ded", "ecc.errors.uncorrected.volatile.sram.secded");
        all.put("volatile/double bit/total", "ecc.errors.uncorrected.volatile.total");
        all.put("aggregate/sram threshold exceeded", "ecc.sram_threshold_exceeded");
        all.put("retired pages/pending page blacklist", "retired_pages.pending");
        all.put("ecc errors/channel repair pending", "repair.channel_pending");
        all.put("ecc errors/tpc repair pending", "repair.tpc_pending");
        all.put("ecc errors/unrepairable memory", "repair.impossible");
        all.put("remapped rows/uncorrectable error", "remapped_rows.uncorrectable");
        all.put("remapped rows/pending", "remapped_rows.pending");
        all.put("remapped rows/remapping failure occurred", "remapped_rows.failure");
        all.put("temperature/gpu current temp", "temperature.gpu");
        for (String readings : new String[] {"gpu power readings", "power readings"}) {
            all.put(readings + "/power draw", "power.draw");
            all.put(readings + "/instantaneous power draw", "power.draw");
            all.put(readings + "/average power draw", "power.draw");
            all.put(readings + "/current power limit", "enforced.power.limit");
            all.put(readings + "/enforced power limit", "enforced.power.limit");
            all.put(readings + "/requested power limit", "power.limit");
            all.put(readings + "/power limit", "power.limit");
            all.put(readings + "/default power limit", "power.default_limit");
            all.put(readings + "/max power limit", "power.max_limit");
        }
        all.put("clocks/sm", "clocks.current.sm");
        all.put("max clocks/sm", "clocks.max.sm");
        all.put("clocks/memory", "clocks.current.memory");
        all.put("max clocks/memory", "clocks.max.memory");
        return Map.copyOf(all);
    }
}
