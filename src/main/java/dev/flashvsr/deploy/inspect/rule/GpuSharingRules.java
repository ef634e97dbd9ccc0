package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.facts.GpuLoad;
import dev.flashvsr.deploy.inspect.facts.GpuSharing;
import dev.flashvsr.deploy.inspect.facts.GpuSharing.Place;
import dev.flashvsr.deploy.inspect.facts.GpuSharing.Sign;
import dev.flashvsr.deploy.inspect.facts.Gpus;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Whether the card is this box's alone. */
final class GpuSharingRules {
    private GpuSharingRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put(
                "gpu-isolated",
                (requirement, evidence) -> GpuWords.withCards(evidence, gpus -> isolated(requirement, evidence, gpus)));
        rules.put(
                "gpu-neighbours",
                (requirement, evidence) ->
                        GpuWords.withCards(evidence, gpus -> neighbours(requirement, evidence, gpus)));
    }

    /** limits: idle_free_fraction, foreign_pass_mib, foreign_warn_mib, foreign_samples_fraction. */
    private static Judgement isolated(Requirement requirement, Evidence evidence, Gpus gpus) {
        List<Sign> signs = GpuSharing.signs(evidence, gpus);
        if (!signs.isEmpty()) {
            return shared(signs, gpus);
        }
        Judgement foreign = foreign(requirement, evidence, gpus);
        if (foreign.verdict() == Verdict.FAIL || foreign.verdict() == Verdict.WARN) {
            return new Judgement(Verdict.WARN, foreign.says());
        }
        return switch (GpuSharing.place(evidence, gpus)) {
            case BARE ->
                Judgement.pass(
                        "The whole card of a machine without hypervisor or container.",
                        "Вся карта машины без гипервизора и контейнеров.");
            case PASSED_THROUGH ->
                Judgement.pass(
                        "The whole card is passed through to this virtual machine.",
                        "Карта целиком проброшена в эту виртуальную машину.");
            case CONTAINER ->
                Judgement.ask(
                        "The whole card is seen and no sign of sharing, but a container can't see its neighbours: have it confirmed.",
                        "Видна вся карта, признаков деления нет, но контейнер не видит соседей: попросите подтверждение.");
            case UNKNOWN ->
                Judgement.ask(
                        "The whole card is seen and no sign of sharing; have it confirmed.",
                        "Видна вся карта, признаков деления нет; попросите подтверждение.");
        };
    }

    /** limits: as of gpu-isolated. */
    private static Judgement neighbours(Requirement requirement, Evidence evidence, Gpus gpus) {
        List<Sign> signs = GpuSharing.signs(evidence, gpus);
        if (!signs.isEmpty()) {
            return shared(signs, gpus);
        }
        Judgement foreign = foreign(requirement, evidence, gpus);
        if (foreign.verdict() != Verdict.PASS) {
            return foreign;
        }
        Place place = GpuSharing.place(evidence, gpus);
        return place == Place.BARE || place == Place.PASSED_THROUGH
                ? foreign
                : Judgement.ask(
                        foreign.says().en() + " A neighbour that rests now would not show: have it confirmed.",
                        foreign.says().ru() + " Отдыхающего соседа не видно: попросите подтверждение.");
    }

    private static Judgement shared(List<Sign> signs, Gpus gpus) {
        String en = signs.stream().map(sign -> words(sign, gpus).en()).collect(Collectors.joining("; "));
        String ru = signs.stream().map(sign -> words(sign, gpus).ru()).collect(Collectors.joining("; "));
        return Judgement.fail(
                "The card is not whole: " + en + ". Rent a whole one.", "Карта не целая: " + ru + ". Нужна целая.");
    }

    private static Wording words(Sign sign, Gpus gpus) {
        String slices = gpus.slices().isEmpty() ? "" : " (" + String.join(", ", gpus.slices()) + ")";
        return switch (sign) {
            case MIG -> new Wording("MIG cuts it into slices" + slices, "MIG делит её на доли" + slices);
            case VGPU -> new Wording("the driver says vGPU", "драйвер сообщает vGPU");
            case PROFILE ->
                new Wording(
                        gpus.first().name() + " is the name of a share",
                        gpus.first().name() + " — имя доли");
            case FEWER_PROCESSORS ->
                new Wording("it has fewer multiprocessors than its model", "мультипроцессоров меньше, чем у модели");
            case LESS_MEMORY -> new Wording("it has less memory than its model", "памяти меньше, чем у модели");
            case PRELOAD ->
                new Wording(
                        "software that shares a card out is loaded in front of every program",
                        "перед каждой программой загружается средство деления карты");
        };
    }

    /** What others, or programs of this box, do on the card now. */
    private static Judgement foreign(Requirement requirement, Evidence evidence, Gpus gpus) {
        List<String> own = GpuSharing.ownProcesses(evidence);
        if (!own.isEmpty()) {
            String names = String.join(", ", own);
            return Judgement.warn(
                    "Programs of this box use the card (" + names + "): look again when they have ended.",
                    "Картой заняты программы этой же машины (" + names + "): проверьте после их завершения.");
        }
        Optional<GpuLoad> load = GpuLoad.of(evidence);
        OptionalDouble used = GpuSharing.usedMib(evidence, gpus);
        boolean busy = load.map(GpuLoad::isBusy).orElse(false);
        double pass = requirement.limit("foreign_pass_mib");
        boolean much = used.orElse(0) > requirement.limit("foreign_warn_mib");
        String mib = GpuWords.figure(used.orElse(0)) + " MiB";
        if (used.isPresent() && lacks(requirement, gpus) || busy && used.orElse(0) > pass) {
            return Judgement.fail(
                    "Somebody else uses the card: " + mib + " are taken" + (busy ? " and it is under load." : "."),
                    "Картой пользуется кто-то ещё: занято " + mib + (busy ? ", и она под нагрузкой." : "."));
        }
        if (GpuSharing.hidesProcesses(evidence)) {
            return Judgement.warn(
                    "nvidia-smi hides processes: there are some on the card that this box may not see.",
                    "nvidia-smi скрывает процессы: на карте есть чужие, которых отсюда не видно.");
        }
        if (busy || much || used.orElse(0) > pass) {
            return Judgement.warn(
                    "The card is not quite idle while this box does nothing: " + mib + " taken"
                            + (busy ? ", load." : "."),
                    "Карта не вполне свободна, хотя машина бездействует: занято " + mib
                            + (busy ? ", есть нагрузка." : "."));
        }
        if (load.isEmpty() && used.isEmpty()) {
            return Judgement.unknown(
                    "Neither load nor memory in use could be read.",
                    "Ни нагрузку, ни занятую память прочитать не удалось.");
        }
        return Judgement.pass("The card is idle: " + mib + " taken.", "Карта свободна: занято " + mib + ".");
    }

    private static boolean lacks(Requirement requirement, Gpus gpus) {
        return gpus.cards().stream().anyMatch(gpu -> {
            OptionalDouble free = gpu.number("memory.free");
            OptionalDouble all = gpu.number("memory.total");
            return free.isPresent()
                    && all.isPresent()
                    && free.getAsDouble() < requirement.limit("idle_free_fraction") * all.getAsDouble();
        });
    }
}
