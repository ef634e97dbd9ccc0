package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.facts.Gpu;
import dev.flashvsr.deploy.inspect.facts.GpuProcesses;
import dev.flashvsr.deploy.inspect.facts.Gpus;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.OptionalDouble;

/** Whether the card's memory is large enough, and how much of it may be had now. */
final class GpuMemoryRules {
    private GpuMemoryRules() {}

    /** limits: least_mib, preferred_mib, idle_free_fraction. */
    static Judgement memory(Requirement requirement, Evidence evidence, Gpus gpus) {
        Gpu gpu = gpus.first();
        OptionalDouble mib = gpu.usableMib();
        if (mib.isEmpty()) {
            return GpuCardRules.noMemory(gpu);
        }
        double all = mib.getAsDouble();
        String text = GpuWords.gib(all) + (gpu.isMig() ? " (MIG)" : "");
        if (all < requirement.limit("least_mib")) {
            return Judgement.fail(text + " are too few: 40 GB are needed.", text + " — мало: нужно 40 ГБ.");
        }
        OptionalDouble free = gpu.freeMib();
        if (free.isPresent() && free.getAsDouble() < requirement.limit("idle_free_fraction") * all) {
            return taken(text, free.getAsDouble(), requirement.limit("least_mib"), GpuProcesses.of(evidence));
        }
        return all < requirement.limit("preferred_mib")
                ? Judgement.warn(
                        text + ": enough, 80 GB hold longer windows.",
                        text + ": достаточно, 80 ГБ вместят окна длиннее.")
                : Judgement.pass(text + ".", text + ".");
    }

    /** What programs of this box hold comes back when they end; what others hold does not. */
    private static Judgement taken(String text, double free, double least, GpuProcesses processes) {
        Wording who = GpuProcesses.named(processes.all())
                .map(names -> new Wording(" Taken by " + names + ".", " Заняли: " + names + "."))
                .orElse(new Wording("", ""));
        OptionalDouble own = processes.ownMib();
        boolean comesBack = !processes.own().isEmpty() && (own.isEmpty() || free + own.getAsDouble() >= least);
        return new Judgement(
                free < least && !comesBack ? Verdict.FAIL : Verdict.WARN,
                new Wording(
                        text + ", but only " + GpuWords.gib(free) + " of them are free." + who.en(),
                        text + ", но свободно лишь " + GpuWords.gib(free) + "." + who.ru()));
    }
}
