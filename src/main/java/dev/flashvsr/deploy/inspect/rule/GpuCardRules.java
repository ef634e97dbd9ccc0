package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.facts.Gpu;
import dev.flashvsr.deploy.inspect.facts.Gpus;
import dev.flashvsr.deploy.inspect.facts.KnownCard;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which card it is: model, memory, compute capability. The first card counts; of several, all are named. */
final class GpuCardRules {
    /** Capabilities are kept as ten times their number. */
    private static final int TEN = 10;

    private GpuCardRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put("gpu-models", (requirement, evidence) -> GpuWords.withCards(evidence, GpuCardRules::models));
        rules.put("gpu-eighty", on(GpuCardRules::eighty));
        rules.put("gpu-forty", on(GpuCardRules::forty));
        rules.put("gpu-capability", on(GpuCardRules::capability));
        rules.put("attention-supported", on(GpuCardRules::attention));
        rules.put(
                "gpu-memory",
                (requirement, evidence) ->
                        GpuWords.withCards(evidence, gpus -> GpuMemoryRules.memory(requirement, evidence, gpus)));
    }

    /** A rule of the cards alone. */
    interface OfCards {
        Judgement judge(Requirement requirement, Gpus gpus);
    }

    static Rule on(OfCards rule) {
        return (Requirement requirement, Evidence evidence) ->
                GpuWords.withCards(evidence, gpus -> rule.judge(requirement, gpus));
    }

    private static Judgement models(Gpus gpus) {
        if (gpus.cards().stream().noneMatch(Gpu::isNamed)) {
            return Judgement.ask(
                    "Which card this is was not shown; what is offered, only the provider can say.",
                    "Какая это карта, не показано; что предлагается, скажет только провайдер.");
        }
        String names = gpus.cards().stream()
                .collect(Collectors.groupingBy(Gpu::name, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() == 1 ? entry.getKey() : entry.getValue() + " × " + entry.getKey())
                .collect(Collectors.joining(", "));
        return Judgement.ask(
                "This box has " + names + "; what else is offered, only the provider can say.",
                "В этой машине " + names + "; что ещё предлагается, скажет только провайдер.");
    }

    /** limits: eighty_min_mib, eighty_max_mib, least_mib. */
    private static Judgement eighty(Requirement requirement, Gpus gpus) {
        Gpu gpu = gpus.first();
        OptionalDouble mib = gpu.usableMib();
        // A table may cut the name off before it tells: then the card that it can only be.
        String model =
                gpu.name().endsWith("...") ? gpu.known().map(KnownCard::name).orElse(gpu.name()) : gpu.name();
        boolean target = model.contains("A100") || model.contains("A800");
        if (mib.isEmpty()) {
            return noMemory(gpu);
        }
        String text = gpu.name() + ", " + GpuWords.gib(mib.getAsDouble());
        boolean eighty = mib.getAsDouble() >= requirement.limit("eighty_min_mib")
                && mib.getAsDouble() <= requirement.limit("eighty_max_mib");
        if (!gpu.isNamed() && mib.getAsDouble() >= requirement.limit("least_mib")) {
            return unnamed(mib.getAsDouble());
        }
        if (target && eighty) {
            return Judgement.pass(text + ".", text + ".");
        }
        if (mib.getAsDouble() < requirement.limit("least_mib")) {
            return Judgement.fail(text + ": too little memory.", text + ": памяти мало.");
        }
        return target
                ? Judgement.warn(text + ": enough, 80 GB would be better.", text + ": достаточно, но лучше 80 ГБ.")
                : Judgement.warn(
                        text + ": another card than the A100 or A800 that was tried most.",
                        text + ": не A100 и не A800, на которых проверено больше всего.");
    }

    /** limits: least_mib. */
    private static Judgement forty(Requirement requirement, Gpus gpus) {
        Gpu gpu = gpus.first();
        OptionalDouble mib = gpu.usableMib();
        if (mib.isEmpty()) {
            return noMemory(gpu);
        }
        String text = gpu.name() + ", " + GpuWords.gib(mib.getAsDouble());
        if (mib.getAsDouble() < requirement.limit("least_mib")) {
            return Judgement.fail(text + ": less than 40 GB.", text + ": меньше 40 ГБ.");
        }
        OptionalInt capability = gpu.capability();
        if (!gpu.isNamed() && capability.isEmpty()) {
            return unnamed(mib.getAsDouble());
        }
        boolean ampere = capability.isPresent() && capability.getAsInt() == 80;
        return ampere
                ? Judgement.pass(text + ".", text + ".")
                : Judgement.warn(
                        text
                                + ": enough memory; the speed of this model with FlashVSR is not published or less than hoped.",
                        text
                                + ": памяти достаточно; скорость этой модели в FlashVSR не опубликована или ниже ожидаемой.");
    }

    /** limits: least_cc, ideal_cc, newer_stack_cc. */
    private static Judgement capability(Requirement requirement, Gpus gpus) {
        OptionalInt found = gpus.first().capability();
        if (found.isEmpty()) {
            return noCapability(gpus.first());
        }
        String text = gpus.first().name() + ", compute capability " + GpuWords.capability(found.getAsInt());
        if (found.getAsInt() < tenfold(requirement, "least_cc")) {
            return Judgement.fail(
                    text + ": bf16 and the kernels need 8.0 (Ampere) or newer.",
                    text + ": для bf16 и ядер нужна 8.0 (Ampere) или новее.");
        }
        if (found.getAsInt() >= tenfold(requirement, "newer_stack_cc")) {
            return Judgement.fail(
                    text + ": needs CUDA 12.8 and PyTorch 2.7, newer than the versions that FlashVSR pins.",
                    text + ": нужны CUDA 12.8 и PyTorch 2.7 — новее версий, закреплённых в FlashVSR.");
        }
        return found.getAsInt() == tenfold(requirement, "ideal_cc")
                ? Judgement.pass(text + ".", text + ".")
                : Judgement.warn(
                        text + ": runs, but FlashVSR is tuned for 8.0.",
                        text + ": работает, но FlashVSR настроен под 8.0.");
    }

    /** limits: least_cc, newer_stack_cc. */
    private static Judgement attention(Requirement requirement, Gpus gpus) {
        OptionalInt found = gpus.first().capability();
        if (found.isEmpty()) {
            return noCapability(gpus.first());
        }
        String cc = GpuWords.capability(found.getAsInt());
        if (found.getAsInt() < tenfold(requirement, "least_cc")) {
            return Judgement.fail(
                    "Compute capability " + cc + ": the kernels need 8.0 or newer.",
                    "Compute capability " + cc + ": ядрам нужна 8.0 или новее.");
        }
        if (found.getAsInt() >= tenfold(requirement, "newer_stack_cc")) {
            return Judgement.fail(
                    "Compute capability " + cc + ": the pinned CUDA 12.4 can't build for it.",
                    "Compute capability " + cc + ": закреплённая CUDA 12.4 не умеет для неё собирать.");
        }
        return Judgement.pass(
                "Compute capability " + cc + ": the kernels are built for it; the smoke run will prove it.",
                "Compute capability " + cc + ": ядра для неё собираются; докажет пробный прогон.");
    }

    private static int tenfold(Requirement requirement, String limit) {
        return (int) Math.round(requirement.limit(limit) * TEN);
    }

    static Judgement noMemory(Gpu gpu) {
        if (gpu.isMig()) {
            return Judgement.unknown(
                    "MIG is on, and the size of the slice was not shown.", "Включён MIG, а объём доли не показан.");
        }
        return Judgement.unknown(
                gpu.name() + ": the size of its memory could not be read.",
                gpu.name() + ": объём памяти прочитать не удалось.");
    }

    private static Judgement unnamed(double mib) {
        return Judgement.unknown(
                GpuWords.gib(mib) + " of memory; which card it is was not shown.",
                "Памяти " + GpuWords.gib(mib) + "; какая это карта, не показано.");
    }

    private static Judgement noCapability(Gpu gpu) {
        if (!gpu.isNamed()) {
            return Judgement.unknown("Which card it is was not shown.", "Какая это карта, не показано.");
        }
        return Judgement.unknown(
                gpu.name() + ": its compute capability could not be read, and the name is not a known one.",
                gpu.name() + ": compute capability прочитать не удалось, и имя не из известных.");
    }
}
