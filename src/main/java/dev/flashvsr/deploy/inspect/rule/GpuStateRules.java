package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.facts.CardFault;
import dev.flashvsr.deploy.inspect.facts.CardFaults;
import dev.flashvsr.deploy.inspect.facts.Gpu;
import dev.flashvsr.deploy.inspect.facts.GpuPresence;
import dev.flashvsr.deploy.inspect.facts.GpuTrouble;
import dev.flashvsr.deploy.inspect.facts.Gpus;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Whether the card works and may draw its power. */
final class GpuStateRules {
    private GpuStateRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put("gpu-usable", (requirement, evidence) -> usable(evidence));
        rules.put("gpu-health", GpuHealthRules::health);
        rules.put("gpu-power-limit", GpuCardRules.on(GpuStateRules::power));
    }

    private static Judgement usable(Evidence evidence) {
        Optional<GpuTrouble> trouble = GpuTrouble.of(evidence);
        Optional<Gpus> gpus = Gpus.of(evidence);
        Optional<GpuPresence> presence = GpuPresence.of(evidence);
        List<CardFault> faults = CardFaults.of(evidence);
        if (!faults.isEmpty() && faults.get(0).isFatal()) {
            Wording fault = GpuWords.of(faults);
            return new Judgement(
                    Verdict.FAIL,
                    CudaRules.missing(evidence)
                            .map(missing -> fault.and(missing.says()))
                            .orElse(fault));
        }
        if (trouble.isPresent() && (gpus.isEmpty() || trouble.get().ordinal() <= GpuTrouble.MISMATCH.ordinal())) {
            return noCard(trouble.get(), presence, evidence);
        }
        if (gpus.isEmpty()) {
            return presence.filter(found -> found.smi().isEmpty()
                            && found.pci().isEmpty()
                            && found.nodes().isEmpty())
                    .map(none -> Judgement.fail("There is no NVIDIA card on this box.", "На машине нет карты NVIDIA."))
                    .orElseGet(() -> Judgement.unknown("Nothing was read of a card.", "О карте ничего не прочитано."));
        }
        return CudaRules.starts(evidence)
                .filter(cuda -> cuda.verdict() == Verdict.FAIL)
                .orElseGet(() -> seen(evidence, gpus.get(), faults));
    }

    /** The card answers nvidia-smi; what else is known to be in the way of using it. */
    private static Judgement seen(Evidence evidence, Gpus gpus, List<CardFault> faults) {
        String mode = gpus.first().text("compute_mode").orElse("");
        if (mode.equals("Prohibited")) {
            return Judgement.fail(
                    "The card's compute mode is Prohibited: no program may use it.",
                    "Режим вычислений карты — Prohibited: программам она закрыта.");
        }
        if (mode.startsWith("Exclusive") || mode.startsWith("E.")) {
            return Judgement.warn(
                    "The card's compute mode is " + mode + ": one program at a time, or a sharing service in front.",
                    "Режим вычислений карты — " + mode + ": одна программа за раз либо служба разделения.");
        }
        if (GpuPresence.of(evidence).map(GpuPresence::isWithoutNodes).orElse(false)) {
            return Judgement.warn(
                    "nvidia-smi answers, but no device file /dev/nvidia0 is there.",
                    "nvidia-smi отвечает, но файла устройства /dev/nvidia0 нет.");
        }
        if (!faults.isEmpty()) {
            return new Judgement(Verdict.WARN, GpuWords.of(faults));
        }
        String name = gpus.first().name()
                + gpus.driver().map(version -> ", driver " + version).orElse("");
        return CudaRules.starts(evidence)
                .map(cuda -> new Judgement(
                        cuda.verdict(),
                        new Wording(
                                name + ". " + cuda.says().en(),
                                name + ". " + cuda.says().ru())))
                .orElseGet(
                        () -> Judgement.pass(name + " answers nvidia-smi.", name + " отвечает программе nvidia-smi."));
    }

    private static Judgement noCard(GpuTrouble trouble, Optional<GpuPresence> presence, Evidence evidence) {
        Wording says = GpuWords.of(trouble, evidence);
        if (presence.isPresent() && (trouble == GpuTrouble.NO_TOOL || trouble == GpuTrouble.NO_DRIVER)) {
            GpuPresence found = presence.get();
            if (found.driver().isEmpty() && !found.pci().isEmpty()) {
                says = new Wording(
                        "A card is on the bus (" + found.pci().get(0) + ")"
                                + (found.nouveau() ? ", held by nouveau" : "") + ", but no NVIDIA driver is loaded.",
                        "Карта на шине есть (" + found.pci().get(0) + ")"
                                + (found.nouveau() ? ", её держит nouveau" : "") + ", но драйвер NVIDIA не загружен.");
            } else if (found.driver().isEmpty() && found.nodes().isEmpty()) {
                says = new Wording("There is no NVIDIA card on this box.", "На машине нет карты NVIDIA.");
            }
        }
        return new Judgement(Verdict.FAIL, says);
    }

    /** limits: least_fraction. */
    private static Judgement power(Requirement requirement, Gpus gpus) {
        Judgement worst = Judgement.unknown(
                "Whether the power limit is lowered was not shown: the limit or its default is missing.",
                "Снижен ли лимит мощности, не видно: нет текущего или заводского значения.");
        boolean first = true;
        for (Gpu gpu : gpus.cards()) {
            OptionalDouble enforced = gpu.number("enforced.power.limit");
            OptionalDouble limit = enforced.isPresent() ? enforced : gpu.number("power.limit");
            OptionalDouble made = gpu.number("power.default_limit");
            if (limit.isEmpty() || made.isEmpty() || made.getAsDouble() <= 0) {
                continue;
            }
            String figures =
                    GpuWords.figure(limit.getAsDouble()) + " W / " + GpuWords.figure(made.getAsDouble()) + " W";
            Judgement judgement = limit.getAsDouble() < requirement.limit("least_fraction") * made.getAsDouble()
                    ? Judgement.warn(
                            "The power limit is lowered (" + figures + "): the card will be slower.",
                            "Лимит мощности снижен (" + figures + "): карта будет медленнее.")
                    : Judgement.pass(
                            "Power limit as made: " + figures + ".", "Лимит мощности штатный: " + figures + ".");
            worst = first ? judgement : GpuWords.worse(worst, judgement);
            first = false;
        }
        return worst;
    }
}
