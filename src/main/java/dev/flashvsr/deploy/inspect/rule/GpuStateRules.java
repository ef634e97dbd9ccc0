package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.facts.DriverApi;
import dev.flashvsr.deploy.inspect.facts.Gpu;
import dev.flashvsr.deploy.inspect.facts.GpuPresence;
import dev.flashvsr.deploy.inspect.facts.GpuTrouble;
import dev.flashvsr.deploy.inspect.facts.Gpus;
import dev.flashvsr.deploy.inspect.facts.Xids;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Whether the card works, is healthy and may draw its power. */
final class GpuStateRules {
    private static final Set<String> YES = Set.of("yes", "1", "true", "Yes", "True");
    private static final int LINKS_NOT_READY = 802;

    /** The sum of all; logs of nvidia-smi have the parts instead, and the sum's name then stands for the card's own memory. */
    private static final List<String> UNCORRECTED = List.of(
            "ecc.errors.uncorrected.volatile.total",
            "ecc.errors.uncorrected.volatile.sram",
            "ecc.errors.uncorrected.volatile.sram.parity",
            "ecc.errors.uncorrected.volatile.sram.secded");

    private GpuStateRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put("gpu-usable", (requirement, evidence) -> usable(evidence));
        rules.put("gpu-health", GpuStateRules::health);
        rules.put("gpu-power-limit", GpuCardRules.on(GpuStateRules::power));
    }

    private static Judgement usable(Evidence evidence) {
        Optional<GpuTrouble> trouble = GpuTrouble.of(evidence);
        Optional<Gpus> gpus = Gpus.of(evidence);
        Optional<GpuPresence> presence = GpuPresence.of(evidence);
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
        Optional<DriverApi> api = DriverApi.of(evidence);
        if (api.isPresent() && api.get().init().orElse(0) != 0) {
            int status = api.get().init().getAsInt();
            return status == LINKS_NOT_READY
                    ? Judgement.fail(
                            "CUDA does not start (802): the service that links the cards (fabric manager) is not running.",
                            "CUDA не запускается (802): не работает служба связи карт (fabric manager).")
                    : Judgement.fail(
                            "nvidia-smi works, but CUDA does not start: cuInit returned " + status + ".",
                            "nvidia-smi работает, но CUDA не запускается: cuInit вернул " + status + ".");
        }
        String mode = gpus.get().first().text("compute_mode").orElse("Default");
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
        if (presence.isPresent() && presence.get().isWithoutNodes()) {
            return Judgement.warn(
                    "nvidia-smi answers, but no device file /dev/nvidia0 is there.",
                    "nvidia-smi отвечает, но файла устройства /dev/nvidia0 нет.");
        }
        String seen = gpus.get().first().name()
                + gpus.get().driver().map(version -> ", driver " + version).orElse("");
        return api.isEmpty()
                ? Judgement.pass(seen + " answers.", seen + " отвечает.")
                : Judgement.pass(seen + ": the tool and CUDA answer.", seen + ": инструмент и CUDA отвечают.");
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

    /** limits: uncorrectable_fail. */
    private static Judgement health(Requirement requirement, Evidence evidence) {
        return GpuWords.withCards(evidence, gpus -> {
            Judgement worst = Judgement.pass(
                    "No uncorrected memory errors, no pending row remapping.",
                    "Неисправимых ошибок памяти и незавершённых замен строк нет.");
            boolean read = false;
            for (Gpu gpu : gpus.cards()) {
                worst = GpuWords.worse(worst, health(requirement, gpu));
                read |= gpu.number(UNCORRECTED.get(0)).isPresent()
                        || gpu.text("remapped_rows.pending").isPresent();
            }
            Optional<Xids> xids = Xids.of(evidence);
            if (xids.isPresent() && !xids.get().grave().isEmpty()) {
                worst = GpuWords.worse(worst, xids(xids.get()));
            }
            if (worst.verdict() == Verdict.PASS && !read && xids.isEmpty()) {
                return Judgement.unknown(
                        "No count of memory errors was shown, and the kernel's log can't be read.",
                        "Счётчики ошибок памяти не показаны, журнал ядра недоступен.");
            }
            return worst;
        });
    }

    private static Judgement health(Requirement requirement, Gpu gpu) {
        OptionalDouble errors = UNCORRECTED.stream()
                .map(gpu::number)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .max();
        OptionalDouble rows = gpu.number("remapped_rows.uncorrectable");
        double most = requirement.limit("uncorrectable_fail");
        if (gpu.text("remapped_rows.failure").map(YES::contains).orElse(false)) {
            return Judgement.fail(
                    "The card failed to replace broken rows of its memory: ask for another.",
                    "Карте не удалось заменить неисправные строки памяти: просите другую.");
        }
        if (gpu.text("remapped_rows.pending").map(YES::contains).orElse(false)) {
            return Judgement.fail(
                    "A broken row of the card's memory waits to be replaced: the card needs a reset by the provider.",
                    "Неисправная строка памяти ждёт замены: карту должен сбросить провайдер.");
        }
        if (rows.orElse(0) > most) {
            return Judgement.fail(
                    GpuWords.figure(rows.getAsDouble()) + " rows of memory were replaced: the card is worn out.",
                    "Заменено строк памяти: " + GpuWords.figure(rows.getAsDouble()) + " — карта изношена.");
        }
        if (errors.orElse(0) > 0) {
            return Judgement.fail(
                    GpuWords.figure(errors.getAsDouble()) + " uncorrected memory errors since the driver started.",
                    "Неисправимых ошибок памяти с запуска драйвера: " + GpuWords.figure(errors.getAsDouble()) + ".");
        }
        return Judgement.pass("", "");
    }

    private static Judgement xids(Xids xids) {
        return Judgement.warn(
                "The kernel's log names faults of a card: Xid " + xids.grave() + ".",
                "В журнале ядра сбои карты: Xid " + xids.grave() + ".");
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
