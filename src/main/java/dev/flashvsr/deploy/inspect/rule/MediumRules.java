package dev.flashvsr.deploy.inspect.rule;

import static dev.flashvsr.deploy.inspect.rule.Judgement.ask;
import static dev.flashvsr.deploy.inspect.rule.Judgement.pass;
import static dev.flashvsr.deploy.inspect.rule.Judgement.warn;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.facts.Disk;
import dev.flashvsr.deploy.inspect.facts.DiskKind;
import dev.flashvsr.deploy.inspect.facts.Place;
import dev.flashvsr.deploy.inspect.facts.TemporaryPlaces;
import dev.flashvsr.deploy.inspect.facts.Virtualization;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Kinds of disks, and directories for what is temporary. Limit: {@code small_mib} (shm). */
final class MediumRules {
    private static final double MIB = 1 << 20;

    private MediumRules() {}

    static Map<String, Rule> rules() {
        return Map.of(
                "disk-kind", BenchRules.withDisk(MediumRules::kind),
                "tmp-exec", MediumRules::tmp,
                "shm", MediumRules::shm);
    }

    private static Judgement kind(Requirement requirement, Evidence evidence) {
        Optional<Place> place = Disk.of(evidence).flatMap(Disk::chosen);
        if (place.filter(one -> one.kept() == Place.Kept.NETWORK).isPresent()) {
            return warn(
                    "A network disk (" + place.get().type() + "): slow with the many small files of an environment.",
                    "Сетевой диск (" + place.get().type() + "): медленный на множестве мелких файлов окружения.");
        }
        List<DiskKind> disks = DiskKind.of(evidence).stream()
                .filter(disk -> disk.type().equals("disk"))
                .toList();
        Optional<Virtualization> host = Virtualization.of(evidence);
        boolean virtual =
                host.flatMap(Virtualization::vm).isPresent() || disks.stream().allMatch(DiskKind::virtual);
        if (disks.isEmpty() || virtual) {
            return ask(
                    "In a virtual machine the kind of disk can't be seen; only a measured write tells.",
                    "В виртуальной машине тип диска не виден; ответит только замер записи.");
        }
        if (disks.stream().allMatch(DiskKind::rotating)) {
            return warn("Rotating disks only.", "Только вращающиеся диски.");
        }
        String names = disks.stream()
                .filter(disk -> !disk.rotating())
                .limit(4)
                .map(disk -> (disk.model().isEmpty() ? disk.name() : disk.model())
                        + (disk.transport().isEmpty() ? "" : " (" + disk.transport() + ")"))
                .distinct()
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        return host.flatMap(Virtualization::container).isPresent()
                ? ask(
                        "The host has " + names + "; whether this box lies on them is not seen.",
                        "У хоста " + names + "; на них ли эта машина, не видно.")
                : pass(names + ".", names + ".");
    }

    private static Judgement tmp(Requirement requirement, Evidence evidence) {
        List<Place> all = TemporaryPlaces.of(evidence);
        Optional<Place> root = Disk.of(evidence).flatMap(Disk::chosen);
        if (root.filter(place -> !place.lets()).isPresent()) {
            return DiskRules.writable(root.get());
        }
        if (all.isEmpty()) {
            return Unread.of(evidence, "disk.tmp");
        }
        List<Place> bad = all.stream()
                .filter(place -> place.path().equals("/tmp"))
                .filter(place -> !place.lets() || !place.writable())
                .toList();
        return bad.isEmpty()
                ? pass("/tmp can be written and lets programs run.", "В /tmp можно писать и запускать программы.")
                : warn(
                        "/tmp can't be written or lets no programs run; builds use a directory under the root instead.",
                        "В /tmp нельзя писать или запускать программы; сборка использует каталог в root.");
    }

    private static Judgement shm(Requirement requirement, Evidence evidence) {
        return TemporaryPlaces.shared(evidence)
                .filter(place -> place.total().isPresent())
                .map(place -> place.total().getAsLong() <= Limits.of(requirement, "small_mib", 64) * MIB
                        ? warn(
                                "/dev/shm has " + Amounts.gib(place.total().getAsLong())
                                        + ": enough for one process, as here.",
                                "/dev/shm: " + Amounts.gib(place.total().getAsLong())
                                        + " — одному процессу, как здесь, хватает.")
                        : pass(
                                "/dev/shm has " + Amounts.gib(place.total().getAsLong()) + ".",
                                "/dev/shm: " + Amounts.gib(place.total().getAsLong()) + "."))
                .orElseGet(() -> Unread.of(evidence, "disk.shm"));
    }
}
