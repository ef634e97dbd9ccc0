package dev.flashvsr.deploy.inspect.rule;

import static dev.flashvsr.deploy.inspect.rule.Judgement.ask;
import static dev.flashvsr.deploy.inspect.rule.Judgement.fail;
import static dev.flashvsr.deploy.inspect.rule.Judgement.pass;
import static dev.flashvsr.deploy.inspect.rule.Judgement.warn;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.facts.Disk;
import dev.flashvsr.deploy.inspect.facts.Inodes;
import dev.flashvsr.deploy.inspect.facts.Place;
import dev.flashvsr.deploy.inspect.facts.Virtualization;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The directory that a deploy goes to. Limits: {@code pass_gb}, {@code least_gb}, {@code least_installed_gb} (disk-size:
 * the last where the large parts are there already), {@code pass_count}, {@code least_count} (inodes).
 */
final class DiskRules {
    private static final double GB = 1e9;

    private DiskRules() {}

    static Map<String, Rule> rules() {
        return Map.of(
                "disk-size", (requirement, evidence) -> chosen(evidence, place -> size(requirement, evidence, place)),
                "root-writable", (requirement, evidence) -> chosen(evidence, DiskRules::writable),
                "persistence", (requirement, evidence) -> chosen(evidence, place -> kept(evidence, place)),
                "inodes", DiskRules::inodes);
    }

    private static Judgement chosen(Evidence evidence, Function<Place, Judgement> rule) {
        Optional<Disk> disk = Disk.of(evidence);
        if (disk.isEmpty()) {
            return Unread.of(evidence, "disk.df");
        }
        return disk.flatMap(Disk::chosen)
                .map(rule)
                .orElseGet(() -> fail(
                        "No directory can be written and lets programs run.",
                        "Нет каталога, где можно писать и запускать программы."));
    }

    private static Judgement size(Requirement requirement, Evidence evidence, Place place) {
        if (place.free().isEmpty()) {
            return Unread.of(evidence, "disk.df");
        }
        double free = place.free().getAsLong();
        String en = Amounts.gb(free) + " are free in " + place.path();
        String ru = "В " + place.path() + " свободно " + Amounts.gb(free);
        OptionalLong needed = PlanNeeds.diskBytes(evidence);
        if (needed.isPresent() && free < needed.getAsLong()) {
            return fail(
                    en + ": the steps that are to run take about " + Amounts.gb(needed.getAsLong())
                            + ". Set another root, or make room.",
                    ru + ": шаги, которые предстоят, займут около " + Amounts.gb(needed.getAsLong())
                            + ". Задайте другой root или освободите место.");
        }
        if (free >= Limits.of(requirement, "pass_gb", 60) * GB) {
            return pass(en + ".", ru + ".");
        }
        if (needed.isPresent()) {
            return warn(en + ": enough to install, little for videos.", ru + ": установить хватит, для видео мало.");
        }
        if (Disk.of(evidence).filter(Disk::holdsDeploy).isPresent()
                && free >= Limits.of(requirement, "least_installed_gb", 5) * GB) {
            return pass(en + "; the large parts are there already.", ru + "; крупные части уже на месте.");
        }
        return free >= Limits.of(requirement, "least_gb", 30) * GB
                ? warn(en + ": enough to install, little for videos.", ru + ": установить хватит, для видео мало.")
                : fail(
                        en + ": a deploy takes " + Amounts.number(Limits.of(requirement, "least_gb", 30))
                                + " GB. Set another root.",
                        ru + ": установка занимает " + Amounts.number(Limits.of(requirement, "least_gb", 30))
                                + " GB. Задайте другой root.");
    }

    static Judgement writable(Place place) {
        if (!place.isLookedAt() && place.lets()) {
            return Judgement.unknown(
                    "Whether " + place.path() + " can be written was not shown.",
                    "Можно ли писать в " + place.path() + ", не показано.");
        }
        if (!place.writable()) {
            return fail(
                    place.path() + " can't be written by this user. Set another root.",
                    "Этому пользователю нельзя писать в " + place.path() + ". Задайте другой root.");
        }
        return place.lets()
                ? pass(place.path() + " can be written.", "В " + place.path() + " можно писать.")
                : fail(
                        place.path() + " is mounted noexec: programs there don't run. Set another root.",
                        place.path() + " смонтирован noexec: программы там не запускаются. Задайте другой root.");
    }

    private static Judgement kept(Evidence evidence, Place place) {
        boolean container =
                Virtualization.of(evidence).flatMap(Virtualization::container).isPresent();
        String path = place.path();
        return switch (place.kept()) {
            case LAYER ->
                warn(
                        path
                                + " lies in the container's own layer: all is lost when the container is made anew. Is there a volume?",
                        path + " лежит в слое контейнера: при пересоздании всё пропадёт. Есть ли том?");
            case MEMORY ->
                fail(path + " lies in memory: a restart empties it.", path + " лежит в памяти: перезапуск её очистит.");
            case NETWORK ->
                ask(
                        path + " lies on a network disk (" + place.medium()
                                + "): it usually stays, and is slow with many small files.",
                        path + " — сетевой диск (" + place.medium()
                                + "): обычно сохраняется, с мелкими файлами медленный.");
            case VOLUME ->
                ask(
                        path + " is a mount of its own (" + place.medium() + "), which usually stays.",
                        path + " — отдельный том (" + place.medium() + "), он обычно сохраняется.");
            case SYSTEM ->
                container
                        ? ask(
                                path
                                        + " lies on the system's disk of a container: whether that stays is for the provider to say.",
                                path + " на системном диске контейнера: сохранится ли он, скажет провайдер.")
                        : ask(
                                path + " lies on the system's disk, which a stopped machine usually keeps.",
                                path + " на системном диске, обычно он сохраняется у остановленной машины.");
            case UNKNOWN ->
                Judgement.unknown("What " + path + " lies on can't be seen.", "На чём лежит " + path + ", не видно.");
        };
    }

    private static Judgement inodes(Requirement requirement, Evidence evidence) {
        List<Inodes> all = Inodes.of(evidence);
        if (all.isEmpty()) {
            return Unread.of(evidence, "disk.inodes");
        }
        String path = Disk.of(evidence)
                .flatMap(Disk::chosen)
                .map(Place::path)
                .orElse(all.get(0).path());
        Optional<Inodes> found = Inodes.below(all, path);
        if (found.isEmpty()) {
            return Unread.of(evidence, "disk.inodes");
        }
        OptionalLong free = found.get().free();
        if (free.isEmpty()) {
            return pass(
                    "The file system of " + path + " has no fixed number of files.",
                    "Файловая система " + path + " не ограничивает число файлов.");
        }
        long count = free.getAsLong();
        if (count >= Limits.of(requirement, "pass_count", 200_000)) {
            return pass(
                    count + " more files fit into " + path + ".",
                    "В " + path + " поместится ещё файлов: " + count + ".");
        }
        return count >= Limits.of(requirement, "least_count", 100_000)
                ? warn(
                        "Only " + count + " more files fit into " + path + ".",
                        "В " + path + " поместится лишь файлов: " + count + ".")
                : fail(
                        "Only " + count + " more files fit into " + path + ": an environment alone has more.",
                        "В " + path + " поместится лишь файлов: " + count + " — в одном окружении больше.");
    }
}
