package dev.flashvsr.deploy.inspect;

import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.facts.CpuLimits;
import dev.flashvsr.deploy.inspect.facts.Disk;
import dev.flashvsr.deploy.inspect.facts.Gpu;
import dev.flashvsr.deploy.inspect.facts.Gpus;
import dev.flashvsr.deploy.inspect.facts.MemoryLimits;
import dev.flashvsr.deploy.inspect.facts.OperatingSystem;
import dev.flashvsr.deploy.inspect.facts.Place;
import dev.flashvsr.deploy.inspect.facts.Privilege;
import dev.flashvsr.deploy.inspect.facts.Virtualization;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a box is, in a few short lines. What could not be read has no line. */
final class BoxSummary {
    private static final double GIB = 1 << 30;
    private static final double GB = 1e9;

    private final Evidence evidence;

    private BoxSummary(Evidence evidence) {
        this.evidence = evidence;
    }

    static List<Wording> of(Evidence evidence) {
        BoxSummary box = new BoxSummary(evidence);
        return Stream.of(box.kind(), box.cards(), box.system(), box.machine(), box.disk())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Wording> kind() {
        return Virtualization.of(evidence).map(kind -> {
            String provider = kind.provider().map(name -> " (" + name + ")").orElse("");
            if (kind.container().isPresent()) {
                // A container of which nothing else is known is called just so.
                String container = kind.container()
                        .filter(name -> !name.equals("container"))
                        .map(name -> ", " + name)
                        .orElse("");
                return new Wording("Kind: container" + container + provider, "Вид: контейнер" + container + provider);
            }
            return kind.vm()
                    .map(vm -> new Wording(
                            "Kind: virtual machine, " + vm + provider, "Вид: виртуальная машина, " + vm + provider))
                    .orElseGet(() -> new Wording(
                            "Kind: no sign of a container or a hypervisor",
                            "Вид: признаков контейнера или гипервизора нет"));
        });
    }

    private Optional<Wording> cards() {
        return Gpus.of(evidence).filter(gpus -> !gpus.cards().isEmpty()).map(gpus -> {
            Map<String, Long> counts = gpus.cards().stream()
                    .collect(Collectors.groupingBy(BoxSummary::card, TreeMap::new, Collectors.counting()));
            String cards = counts.entrySet().stream()
                    .map(entry -> (entry.getValue() > 1 ? entry.getValue() + " x " : "") + entry.getKey())
                    .collect(Collectors.joining("; "));
            String driver = gpus.driver().orElse("?");
            return new Wording("GPU: " + cards + "; driver " + driver, "GPU: " + cards + "; драйвер " + driver);
        });
    }

    private static String card(Gpu gpu) {
        // Of a card in slices the size of the whole one is not what this box gets.
        OptionalDouble mib = gpu.usableMib();
        return gpu.name()
                + (gpu.isMig() ? ", MIG" : "")
                + (mib.isPresent() ? String.format(Locale.ROOT, ", %.0f MiB", mib.getAsDouble()) : "");
    }

    private Optional<Wording> system() {
        Optional<OperatingSystem> system = OperatingSystem.of(evidence);
        if (system.isEmpty()) {
            return Optional.empty();
        }
        String user = Privilege.of(evidence)
                .map(privilege -> privilege.uid() == 0
                        ? ", root"
                        : ", " + privilege.user() + (privilege.sudo() == Privilege.Sudo.YES ? " + sudo" : ""))
                .orElse("");
        return Optional.of(new Wording(
                "System: " + system.get().name() + user,
                "Система: " + system.get().name() + user));
    }

    private Optional<Wording> machine() {
        Optional<CpuLimits> cpus = CpuLimits.of(evidence);
        Optional<MemoryLimits> memory = MemoryLimits.of(evidence);
        if (cpus.isEmpty() && memory.isEmpty()) {
            return Optional.empty();
        }
        List<Wording> parts = new ArrayList<>();
        cpus.map(CpuLimits::effective)
                .ifPresent(count -> parts.add(new Wording(count + " processors", "процессоров " + count)));
        memory.map(limits -> String.format(Locale.ROOT, "%.0f", limits.effective() / GIB))
                .ifPresent(gib -> parts.add(new Wording(gib + " GiB of memory", "памяти " + gib + " ГиБ")));
        return Optional.of(new Wording(
                "May use: " + parts.stream().map(Wording::en).collect(Collectors.joining(", ")),
                "Доступно: " + parts.stream().map(Wording::ru).collect(Collectors.joining(", "))));
    }

    private Optional<Wording> disk() {
        return Disk.of(evidence)
                .flatMap(Disk::chosen)
                .filter(place -> place.free().isPresent())
                .map(BoxSummary::disk);
    }

    private static Wording disk(Place place) {
        String free = String.format(Locale.ROOT, "%.0f", place.free().getAsLong() / GB);
        return new Wording(
                "Disk: " + free + " GB free at " + place.path() + " (" + place.type() + ")",
                "Диск: свободно " + free + " ГБ в " + place.path() + " (" + place.type() + ")");
    }
}
