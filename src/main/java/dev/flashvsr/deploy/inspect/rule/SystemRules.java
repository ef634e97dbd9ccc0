package dev.flashvsr.deploy.inspect.rule;

import static dev.flashvsr.deploy.inspect.rule.Judgement.fail;
import static dev.flashvsr.deploy.inspect.rule.Judgement.pass;
import static dev.flashvsr.deploy.inspect.rule.Judgement.unknown;
import static dev.flashvsr.deploy.inspect.rule.Judgement.warn;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.facts.Clock;
import dev.flashvsr.deploy.inspect.facts.Libc;
import dev.flashvsr.deploy.inspect.facts.Machine;
import dev.flashvsr.deploy.inspect.facts.OperatingSystem;
import dev.flashvsr.deploy.inspect.facts.Poison;
import dev.flashvsr.deploy.inspect.facts.Version;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.Map;

/**
 * The system that is installed. Limits: {@code debian_least_version} (os-distribution), {@code least_version},
 * {@code pass_version} (os-version), {@code least_version} (glibc), {@code most_s} (clock).
 */
final class SystemRules {
    private SystemRules() {}

    static Map<String, Rule> rules() {
        return Map.of(
                "os-distribution", SystemRules::distribution,
                "os-version", SystemRules::version,
                "architecture", SystemRules::architecture,
                "glibc", SystemRules::glibc,
                "clock", SystemRules::clock,
                "environment-poison", SystemRules::poison);
    }

    private static Judgement distribution(Requirement requirement, Evidence evidence) {
        return OperatingSystem.of(evidence)
                .map(os -> {
                    if (os.isWindows()) {
                        return windows();
                    }
                    if (os.id().equals("ubuntu")) {
                        return pass("This is " + os.name() + ".", "Здесь " + os.name() + ".");
                    }
                    Version least = Limits.version(requirement, "debian_least_version", 11, 0);
                    boolean old = os.id().equals("debian")
                            && os.version()
                                    .filter(version -> !version.atLeast(least))
                                    .isPresent();
                    if (os.isDebianLike() && !old) {
                        return warn(
                                "This is " + os.name()
                                        + ", not Ubuntu; it has apt too, and that is all the deploy needs of it.",
                                "Здесь " + os.name() + ", а не Ubuntu; apt есть и в ней, большего установке не нужно.");
                    }
                    return fail(
                            "This is " + os.name() + ", and Ubuntu is asked for: the first step installs with apt-get.",
                            "Здесь " + os.name() + ", а нужна Ubuntu: первый шаг ставит пакеты через apt-get.");
                })
                .orElseGet(() -> Unread.of(evidence, "os.release"));
    }

    private static Judgement version(Requirement requirement, Evidence evidence) {
        return OperatingSystem.of(evidence)
                .map(os -> {
                    if (os.isWindows()) {
                        return windows();
                    }
                    if (!os.id().equals("ubuntu")) {
                        return warn(
                                "This is " + os.name() + ": its C library counts, not Ubuntu's number.",
                                "Здесь " + os.name() + ": важна версия её библиотеки C, а не номер Ubuntu.");
                    }
                    return os.version()
                            .map(version -> ubuntu(requirement, version))
                            .orElseGet(() ->
                                    unknown(os.name() + " names no version.", os.name() + " не называет версии."));
                })
                .orElseGet(() -> Unread.of(evidence, "os.release"));
    }

    private static Judgement windows() {
        return fail(
                "This is Windows, by the driver's model or the prompt: the deploy needs Linux.",
                "Это Windows, судя по модели драйвера или приглашению: установке нужен Linux.");
    }

    private static Judgement ubuntu(Requirement requirement, Version version) {
        String name = String.format(java.util.Locale.ROOT, "Ubuntu %d.%02d", version.major(), version.minor());
        if (!version.atLeast(Limits.version(requirement, "least_version", 20, 4))) {
            return fail(name + " is older than what is asked for.", name + " старше, чем требуется.");
        }
        if (!version.atLeast(Limits.version(requirement, "pass_version", 22, 4))) {
            return warn(
                    name + " works, but its standard support has ended and its tools are old.",
                    name + " годится, но её обычная поддержка окончена, а программы стары.");
        }
        return pass(name + ".", name + ".");
    }

    private static Judgement architecture(Requirement requirement, Evidence evidence) {
        return Machine.of(evidence)
                .map(machine -> machine.architecture().equals("x86_64")
                        ? pass("x86_64.", "x86_64.")
                        : fail(
                                machine.architecture() + ": the pinned PyTorch and its CUDA exist for x86_64 only.",
                                machine.architecture() + ": нужная сборка PyTorch с CUDA есть только для x86_64."))
                .orElseGet(() -> Unread.of(evidence, "os.uname"));
    }

    private static Judgement glibc(Requirement requirement, Evidence evidence) {
        return Libc.of(evidence)
                .map(libc -> {
                    Version least = Limits.version(requirement, "least_version", 2, 28);
                    if (!libc.glibc()) {
                        return fail(
                                "The C library is musl: wheels of PyTorch need glibc.",
                                "Библиотека C — musl, а колёсам PyTorch нужна glibc.");
                    }
                    return libc.version().atLeast(least)
                            ? pass("glibc " + libc.version() + ".", "glibc " + libc.version() + ".")
                            : fail(
                                    "glibc " + libc.version() + " is too old: " + least + " is needed.",
                                    "glibc " + libc.version() + " слишком стара: нужна " + least + ".");
                })
                .orElseGet(() -> Unread.of(evidence, "os.libc"));
    }

    private static Judgement clock(Requirement requirement, Evidence evidence) {
        return Clock.of(evidence)
                .map(clock -> {
                    double most = Limits.of(requirement, "most_s", 60);
                    if (clock.ahead().isEmpty()) {
                        return clock.synchronised().orElse(false)
                                ? pass(
                                        "The system says that its clock is synchronised; no server was reached to compare with.",
                                        "Система сообщает, что часы синхронизированы; сверить с сервером не удалось.")
                                : unknown(
                                        "No server was reached to compare the clock with.",
                                        "Сверить часы не с чем: ни один сервер не ответил.");
                    }
                    long ahead = clock.ahead().getAsLong();
                    return Math.abs(ahead) <= most
                            ? pass(
                                    "The clock is right to " + Math.abs(ahead) + " s.",
                                    "Часы точны до " + Math.abs(ahead) + " с.")
                            : fail(
                                    "The clock is " + Math.abs(ahead) + " s " + (ahead > 0 ? "ahead" : "behind")
                                            + ": certificates look wrong by it, and downloads fail.",
                                    "Часы " + (ahead > 0 ? "спешат" : "отстают") + " на " + Math.abs(ahead)
                                            + " с: сертификаты кажутся неверными, загрузки срываются.");
                })
                .orElseGet(() -> Unread.of(evidence, "os.clock"));
    }

    private static Judgement poison(Requirement requirement, Evidence evidence) {
        return Poison.of(evidence)
                .map(poison -> {
                    if (poison.sharesGpu()) {
                        return fail(
                                "A library that shares one card among several is loaded into every program.",
                                "Во все программы загружается библиотека, делящая одну карту между несколькими.");
                    }
                    if (!poison.preloads().isEmpty()) {
                        String files = String.join(", ", poison.preloads());
                        return warn(
                                "Every program here is loaded with " + files + ".",
                                "В каждую программу здесь загружается " + files + ".");
                    }
                    if (!poison.worst().isEmpty()) {
                        String names = String.join(", ", poison.worst());
                        return warn(
                                "Logins here set " + names + ", which mislead builds; our steps don't get them.",
                                "Здесь при входе задаются " + names
                                        + ", это сбивает сборку; нашим шагам они не передаются.");
                    }
                    return pass("Nothing that misleads builds.", "Ничего, что сбивало бы сборку.");
                })
                .orElseGet(() -> Unread.of(evidence, "user.env"));
    }
}
