package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.facts.Gpu;
import dev.flashvsr.deploy.inspect.facts.GpuLoad;
import dev.flashvsr.deploy.inspect.facts.GpuProcesses;
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
    /** Of a single look; a card that wakes up for it shows a little. */
    private static final double BUSY_PERCENT = 30;

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
                        whole(gpus).en() + ", but a container can't see its neighbours: have it confirmed.",
                        whole(gpus).ru() + ", но контейнер не видит соседей: попросите подтверждение.");
            case UNKNOWN ->
                Judgement.ask(
                        whole(gpus).en() + "; have it confirmed.", whole(gpus).ru() + "; попросите подтверждение.");
        };
    }

    /** That all of the card is seen is said only where its memory was held against that of its model. */
    private static Wording whole(Gpus gpus) {
        Gpu gpu = gpus.first();
        return gpu.usableMib().isPresent() && gpu.known().isPresent()
                ? new Wording(
                        "The card shows the memory of a whole one, and no sign of sharing was seen",
                        "Памяти у карты столько, сколько у целой, и признаков деления не видно")
                : new Wording(
                        "No sign of sharing was seen, nor that the card is whole",
                        "Признаков деления не видно, но и того, что карта целая, тоже");
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
        List<Gpu> cards = GpuSharing.cards(sign, gpus);
        String of =
                gpus.cards().size() < 2 ? "" : cards.stream().map(Gpu::label).collect(Collectors.joining(", ")) + ": ";
        String names = cards.stream().map(Gpu::name).distinct().collect(Collectors.joining(", "));
        return switch (sign) {
            case MIG -> new Wording(of + "MIG cuts it into slices" + slices, of + "MIG делит её на доли" + slices);
            case VGPU -> new Wording(of + "the driver says vGPU", of + "драйвер сообщает vGPU");
            case SHARED_OUT ->
                new Wording(
                        of + "its host shares it out to virtual machines (Host VGPU, SR-IOV)",
                        of + "хост раздаёт её виртуальным машинам (Host VGPU, SR-IOV)");
            case PROFILE -> new Wording(names + " is the name of a share", names + " — имя доли");
            case FEWER_PROCESSORS ->
                new Wording(
                        of + "it has fewer multiprocessors than its model",
                        of + "мультипроцессоров меньше, чем у модели");
            case LESS_MEMORY ->
                new Wording(of + "it has less memory than its model", of + "памяти меньше, чем у модели");
            case PRELOAD ->
                new Wording(
                        "software that shares a card out is loaded in front of every program",
                        "перед каждой программой загружается средство деления карты");
        };
    }

    /** What others, or programs of this box, do on the card now. */
    private static Judgement foreign(Requirement requirement, Evidence evidence, Gpus gpus) {
        GpuProcesses processes = GpuProcesses.of(evidence);
        Optional<GpuLoad> load = GpuLoad.of(evidence);
        OptionalDouble used = GpuSharing.usedMib(evidence, gpus);
        double pass = requirement.limit("foreign_pass_mib");
        if (!processes.own().isEmpty() && isAllOwn(processes, used, pass)) {
            String names = GpuProcesses.named(processes.own()).orElse("");
            return Judgement.warn(
                    "Programs of this box use the card: " + names + ". Look again when they have ended.",
                    "Картой заняты программы этой же машины: " + names + ". Проверьте после их завершения.");
        }
        boolean busy = load.map(GpuLoad::isBusy).orElseGet(() -> looksBusy(gpus));
        Wording taken = taken(used, processes);
        if (used.isPresent() && lacks(requirement, gpus) || busy && load.isPresent() && used.orElse(0) > pass) {
            return Judgement.fail(
                    "The card is in use: " + taken.en() + (busy ? ", and it is under load." : "."),
                    "Картой кто-то пользуется: " + taken.ru() + (busy ? ", и она под нагрузкой." : "."));
        }
        if (GpuSharing.hidesProcesses(evidence)) {
            return Judgement.warn(
                    "nvidia-smi hides processes: there are some on the card that this box may not see.",
                    "nvidia-smi скрывает процессы: на карте есть чужие, которых отсюда не видно.");
        }
        if (busy || used.orElse(0) > pass) {
            boolean idle = load.isPresent() && GpuProcesses.isNoneSeen(evidence);
            return Judgement.warn(
                    "The card is not quite idle" + (idle ? " while this box does nothing" : "") + ": " + taken.en()
                            + (busy ? ", and it is under load." : "."),
                    "Карта не вполне свободна" + (idle ? ", хотя машина бездействует" : "") + ": " + taken.ru()
                            + (busy ? ", и она под нагрузкой." : "."));
        }
        if (load.isEmpty() && used.isEmpty()) {
            return Judgement.unknown(
                    "Neither load nor memory in use could be read.",
                    "Ни нагрузку, ни занятую память прочитать не удалось.");
        }
        return used.isEmpty()
                ? Judgement.unknown(
                        "The card was not under load; how much of its memory is in use could not be read.",
                        "Нагрузки на карте не было; сколько памяти занято, прочитать не удалось.")
                : Judgement.pass(
                        idle(load, gpus).en() + taken.en() + ".",
                        idle(load, gpus).ru() + taken.ru() + ".");
    }

    /** That it is idle is said only where its load was shown. */
    private static Wording idle(Optional<GpuLoad> load, Gpus gpus) {
        boolean shown = load.filter(seen -> seen.samples() > 0).isPresent()
                || GpuWords.most(gpus, "utilization.gpu").isPresent();
        return shown
                ? new Wording("The card is idle: ", "Карта свободна: ")
                : new Wording(
                        "The card's load was not shown; of its memory, ", "Нагрузка карты не показана; по памяти: ");
    }

    /** Whether what the box's own programs hold explains what is taken; where it is not shown it is taken to. */
    private static boolean isAllOwn(GpuProcesses processes, OptionalDouble used, double pass) {
        OptionalDouble own = processes.ownMib();
        return own.isEmpty() || used.isEmpty() || used.getAsDouble() - own.getAsDouble() <= pass;
    }

    private static Wording taken(OptionalDouble used, GpuProcesses processes) {
        String mib = used.isPresent() ? GpuWords.figure(used.getAsDouble()) + " MiB" : "?";
        return GpuProcesses.named(processes.all())
                .map(names -> new Wording(mib + " taken by " + names, "занято " + mib + ": " + names))
                .orElseGet(() -> new Wording(mib + " taken", "занято " + mib));
    }

    /** One look at the load, where none was taken over a while. */
    private static boolean looksBusy(Gpus gpus) {
        return GpuWords.most(gpus, "utilization.gpu").orElse(0) >= BUSY_PERCENT;
    }

    private static boolean lacks(Requirement requirement, Gpus gpus) {
        return gpus.cards().stream().anyMatch(gpu -> {
            OptionalDouble free = gpu.freeMib();
            OptionalDouble all = gpu.usableMib();
            return free.isPresent()
                    && all.isPresent()
                    && free.getAsDouble() < requirement.limit("idle_free_fraction") * all.getAsDouble();
        });
    }
}
