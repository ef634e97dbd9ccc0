package dev.flashvsr.deploy.inspect.rule;

import static dev.flashvsr.deploy.inspect.rule.Judgement.fail;
import static dev.flashvsr.deploy.inspect.rule.Judgement.pass;
import static dev.flashvsr.deploy.inspect.rule.Judgement.unknown;
import static dev.flashvsr.deploy.inspect.rule.Judgement.warn;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.facts.Apt;
import dev.flashvsr.deploy.inspect.facts.Privilege;
import dev.flashvsr.deploy.inspect.facts.Tools;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who we are, and what may be installed. Limit: {@code lock_wait_s} (apt). */
final class PrivilegeRules {
    /** The playbook's {@code needed_commands}: with them there, its first step calls no package manager. */
    private static final List<String> NEEDED =
            List.of("gcc", "g++", "make", "cmake", "ninja", "git", "git-lfs", "curl");

    private PrivilegeRules() {}

    static Map<String, Rule> rules() {
        return Map.of(
                "root-or-sudo", PrivilegeRules::rootOrSudo,
                "system-settings", PrivilegeRules::settings,
                "apt", PrivilegeRules::apt,
                "packages", PrivilegeRules::packages);
    }

    private static Judgement rootOrSudo(Requirement requirement, Evidence evidence) {
        Optional<Privilege> found = Privilege.of(evidence);
        if (found.isEmpty() || !found.get().known()) {
            return Unread.of(evidence, found.isEmpty() ? "user.id" : "user.sudo");
        }
        if (found.get().mayInstall()) {
            return found.get().uid() == 0
                    ? pass("root.", "root.")
                    : pass("sudo works without a password.", "sudo работает без пароля.");
        }
        Wording why = why(found.get());
        Optional<List<String>> missing = Tools.of(evidence).map(tools -> tools.missing(NEEDED));
        if (missing.isPresent() && missing.get().isEmpty()) {
            return warn(
                    why.en() + " All commands that the deploy needs are there, so it works without.",
                    why.ru() + " Все нужные установке команды уже есть, она обойдётся без этого.");
        }
        String names = missing.map(list -> String.join(", ", list)).orElse("");
        return fail(
                why.en() + (names.isEmpty() ? "" : " These are missing and can't be installed: " + names + "."),
                why.ru() + (names.isEmpty() ? "" : " Не хватает, и поставить их нельзя: " + names + "."));
    }

    private static Wording why(Privilege privilege) {
        return switch (privilege.sudo()) {
            case PASSWORD ->
                new Wording("Not root, and sudo asks for a password.", "Не root, и sudo спрашивает пароль.");
            case REFUSED ->
                new Wording(
                        "Not root, and this user may not use sudo.", "Не root, и sudo этому пользователю запрещён.");
            default -> new Wording("Not root, and there is no sudo.", "Не root, и sudo нет.");
        };
    }

    private static Judgement settings(Requirement requirement, Evidence evidence) {
        Optional<Privilege> found = Privilege.of(evidence);
        if (found.isEmpty() || !found.get().known()) {
            return Unread.of(evidence, found.isEmpty() ? "user.id" : "user.sudo");
        }
        if (!found.get().mayInstall()) {
            return fail(why(found.get()).en(), why(found.get()).ru());
        }
        if (found.get().uid() == 0 && found.get().systemAdmin().isEmpty()) {
            return Unread.of(evidence, "user.caps");
        }
        // Of a user with sudo the capabilities say nothing of what root would have.
        if (found.get().uid() == 0 && !found.get().systemAdmin().orElse(true)) {
            return warn(
                    "Root without the kernel's rights, as in containers: enough for this deploy, not for drivers or mounts.",
                    "Root без прав ядра, как в контейнерах: для установки хватит, для драйверов и монтирования — нет.");
        }
        return pass("System settings can be changed.", "Системные настройки можно менять.");
    }

    private static Judgement apt(Requirement requirement, Evidence evidence) {
        Optional<Apt> found = Apt.of(evidence);
        Optional<Privilege> user = Privilege.of(evidence);
        if (found.isEmpty() || user.isEmpty() || !user.get().known()) {
            return Unread.of(evidence, found.isEmpty() ? "apt.state" : user.isEmpty() ? "user.id" : "user.sudo");
        }
        Apt apt = found.get();
        if (apt.manager().isEmpty()) {
            return fail("There is no package manager.", "Менеджера пакетов нет.");
        }
        if (!user.get().mayInstall()) {
            return fail(why(user.get()).en(), why(user.get()).ru());
        }
        if (!apt.manager().get().equals("apt-get")) {
            return warn(
                    "Here it is " + apt.manager().get()
                            + ", which our first step doesn't use: install its commands beforehand.",
                    "Здесь " + apt.manager().get() + ", наш первый шаг его не использует: поставьте команды заранее.");
        }
        if (!apt.holders().isEmpty() || !apt.running().isEmpty()) {
            String who = String.join(", ", apt.holders().isEmpty() ? apt.running() : apt.holders());
            String wait = Amounts.number(Limits.of(requirement, "lock_wait_s", 600) / 60);
            return warn(
                    "Another installation is at work (" + who + "); the step waits up to " + wait + " min for it.",
                    "Идёт другая установка (" + who + "); шаг ждёт её до " + wait + " мин.");
        }
        long halfDone = apt.halfDone().orElse(0);
        if (halfDone > 0) {
            return warn(
                    halfDone + " packages were left half installed; the step completes them.",
                    "Недоустановленных пакетов: " + halfDone + "; шаг их доведёт.");
        }
        return lists(apt);
    }

    private static Judgement lists(Apt apt) {
        if (apt.lists() == 0) {
            return unknown(
                    "apt is there, but its package lists are empty, as in many images: whether packages come is seen at the first update.",
                    "apt есть, но списки пакетов пусты, как во многих образах: доступность пакетов покажет первое обновление.");
        }
        if (apt.plans().isPresent() && !apt.plans().get()) {
            String said = apt.errors().isEmpty() ? "" : " (" + apt.errors().get(0) + ")";
            return warn(
                    "By the lists that are there, apt could not install all that is needed" + said
                            + "; the step updates them first.",
                    "По имеющимся спискам apt не смог бы поставить всё нужное" + said + "; шаг сначала обновит их.");
        }
        if (apt.halfDone().isEmpty()) {
            return unknown(
                    "apt is there; whether an earlier installation was left unfinished was not read.",
                    "apt есть; не осталась ли незавершённой прежняя установка, не прочитано.");
        }
        if (!apt.vendorSources().isEmpty()) {
            String files = String.join(", ", apt.vendorSources());
            return warn(
                    "apt works; a list of NVIDIA's (" + files
                            + ") fails where its key is old, and the step goes on without it.",
                    "apt работает; список NVIDIA (" + files
                            + ") со старым ключом даёт ошибку, шаг обходится без него.");
        }
        return pass("apt works, and nothing holds it.", "apt работает и ничем не занят.");
    }

    private static Judgement packages(Requirement requirement, Evidence evidence) {
        Judgement system = apt(requirement, evidence);
        if (system.verdict() == Verdict.FAIL) {
            return warn(
                    system.says().en() + " Python's packages go into an environment of our own.",
                    system.says().ru() + " Пакеты Python ставятся в отдельное окружение.");
        }
        return system;
    }
}
