package dev.flashvsr.deploy.inspect.rule;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** All rules by the names that the catalogue uses. */
public final class Rules {
    private static final Map<String, Rule> ALL = all();

    private Rules() {}

    /** The rule of this name. */
    public static Optional<Rule> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    private static Map<String, Rule> all() {
        Map<String, Rule> all = new HashMap<>();
        all.putAll(SystemRules.rules());
        all.putAll(HostRules.rules());
        all.putAll(PrivilegeRules.rules());
        all.putAll(ToolRules.rules());
        all.putAll(ToolkitRules.rules());
        all.putAll(PythonRules.rules());
        all.putAll(ImageRules.rules());
        all.putAll(AccessRules.rules());
        all.putAll(NetRules.rules());
        all.putAll(DiskRules.rules());
        all.putAll(MediumRules.rules());
        all.putAll(LimitRules.rules());
        GpuCardRules.register(all);
        GpuStateRules.register(all);
        GpuSharingRules.register(all);
        GpuSpeedRules.register(all);
        GpuBenchRules.register(all);
        DriverRules.register(all);
        return Map.copyOf(all);
    }
}
