package dev.flashvsr.deploy.inspect.rule;

import static dev.flashvsr.deploy.inspect.rule.Judgement.fail;
import static dev.flashvsr.deploy.inspect.rule.Judgement.pass;
import static dev.flashvsr.deploy.inspect.rule.Judgement.warn;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.facts.CpuLimits;
import dev.flashvsr.deploy.inspect.facts.MemoryLimits;
import dev.flashvsr.deploy.inspect.facts.PidsLimits;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Memory, processors and processes as this box may use them. Limits: {@code least_gib}, {@code preferred_gib} (memory),
 * {@code least_gib}, {@code pass_gib} (build-memory), {@code pids_per_core} (pids, build-limits), {@code job_gib}
 * (build-limits, build-time), {@code long_minutes} (build-time).
 */
final class LimitRules {
    private static final double GIB = 1L << 30;
    private static final double MINUTE = 60;

    private LimitRules() {}

    static Map<String, Rule> rules() {
        return Map.of(
                "memory", LimitRules::memory,
                "build-memory", LimitRules::buildMemory,
                "build-limits", LimitRules::buildLimits,
                "build-time", LimitRules::buildTime,
                "pids", LimitRules::pids);
    }

    private static Judgement memory(Requirement requirement, Evidence evidence) {
        return MemoryLimits.of(evidence)
                .map(memory -> {
                    double gib = memory.effective() / GIB;
                    Wording says = says(memory);
                    if (gib < Limits.of(requirement, "least_gib", 15)) {
                        return fail(says.en() + " 16 GB are needed to build.", says.ru() + " Для сборки нужно 16 ГБ.");
                    }
                    return gib < Limits.of(requirement, "preferred_gib", 30)
                            ? warn(says.en() + " Long videos want 32.", says.ru() + " Длинным видео желательно 32.")
                            : new Judgement(Verdict.PASS, says);
                })
                .orElseGet(() -> Unread.of(evidence, "mem.info"));
    }

    private static Wording says(MemoryLimits memory) {
        String usable = Amounts.gib(memory.effective());
        return memory.effective() < memory.total()
                ? new Wording(
                        usable + " of memory: its control group's limit, not the " + Amounts.gib(memory.total())
                                + " that tools show.",
                        "Памяти " + usable + ": это предел контейнера (cgroup), а не " + Amounts.gib(memory.total())
                                + ", которые показывают программы.")
                : new Wording(usable + " of memory.", "Памяти " + usable + ".");
    }

    private static Judgement buildMemory(Requirement requirement, Evidence evidence) {
        return MemoryLimits.of(evidence)
                .map(memory -> {
                    double gib = memory.usable() / GIB;
                    // Kernels before 3.14 do not tell what is free.
                    boolean shown = memory.available().isPresent();
                    String usable = Amounts.gib(memory.usable())
                            + (shown ? " free" : " in all (how much is free is not shown)");
                    String usableRu = (shown ? "Свободно " : "Всего (сколько свободно, не показано) ")
                            + Amounts.gib(memory.usable());
                    if (gib < Limits.of(requirement, "least_gib", 5)) {
                        return fail(usable + ": one compiler needs more.", usableRu + ": одному компилятору мало.");
                    }
                    return gib < Limits.of(requirement, "pass_gib", 9)
                            ? warn(usable + ": one compiler at a time.", usableRu + ": только один компилятор за раз.")
                            : pass(
                                    usable + " for compilers.",
                                    shown
                                            ? "Для компиляторов свободно " + Amounts.gib(memory.usable()) + "."
                                            : usableRu + ".");
                })
                .orElseGet(() -> Unread.of(evidence, "mem.info"));
    }

    private static Judgement buildLimits(Requirement requirement, Evidence evidence) {
        Optional<CpuLimits> cpus = CpuLimits.of(evidence);
        Optional<Build> build = Build.of(evidence, Limits.of(requirement, "job_gib", 5));
        if (cpus.isEmpty() || build.isEmpty()) {
            return Unread.of(evidence, cpus.isEmpty() ? CpuLimits.unread(evidence) : "mem.info");
        }
        Judgement processes = pids(requirement, evidence);
        if (processes.verdict() == Verdict.WARN) {
            return processes;
        }
        int usable = cpus.get().effective();
        String shown = usable < cpus.get().count() ? " of " + cpus.get().count() + " shown" : "";
        String shownRu = usable < cpus.get().count() ? " (видно " + cpus.get().count() + ")" : "";
        String en = usable + " processors" + shown + " may be used: "
                + compilers(build.get().jobs()) + ".";
        String ru = "Процессоров можно занять " + usable + shownRu + ": одновременно компиляторов: "
                + build.get().jobs() + ".";
        return build.get().jobs() < 2 ? warn(en + " The build is slow.", ru + " Сборка будет долгой.") : pass(en, ru);
    }

    /** In English: how many of them run at a time. */
    static String compilers(int jobs) {
        return jobs == 1 ? "one compiler at a time" : jobs + " compilers at once";
    }

    private static Judgement buildTime(Requirement requirement, Evidence evidence) {
        return Build.of(evidence, Limits.of(requirement, "job_gib", 5))
                .map(build -> {
                    Wording time = Amounts.range(build.least(), build.most());
                    String en = "An estimate: " + time.en() + " with " + compilers(build.jobs()) + ".";
                    String ru = "Оценка: " + time.ru() + ", одновременно компиляторов: " + build.jobs() + ".";
                    return build.most() > Limits.of(requirement, "long_minutes", 60) * MINUTE
                            ? warn(en, ru)
                            : pass(en, ru);
                })
                .orElseGet(() -> Unread.of(
                        evidence, CpuLimits.of(evidence).isEmpty() ? CpuLimits.unread(evidence) : "mem.info"));
    }

    private static Judgement pids(Requirement requirement, Evidence evidence) {
        Optional<PidsLimits> found = PidsLimits.of(evidence);
        Optional<CpuLimits> cpus = CpuLimits.of(evidence);
        if (found.isEmpty() || cpus.isEmpty()) {
            return Unread.of(evidence, found.isEmpty() ? "pids.limits" : CpuLimits.unread(evidence));
        }
        OptionalLong limit = found.get().effective();
        if (limit.isEmpty()) {
            return pass("No limit on processes is seen.", "Ограничения числа процессов не видно.");
        }
        // Programs start threads by the processors that they see, not by those that they may use.
        double needed = Limits.of(requirement, "pids_per_core", 16) * cpus.get().count();
        return limit.getAsLong() < needed
                ? warn(
                        "At most " + limit.getAsLong() + " processes and threads, with "
                                + cpus.get().count()
                                + " processors shown: programs that start threads for each may fail.",
                        "Не более " + limit.getAsLong() + " процессов и потоков при "
                                + cpus.get().count()
                                + " видимых процессорах: программы с потоком на каждый могут падать.")
                : pass(
                        "Up to " + limit.getAsLong() + " processes and threads.",
                        "До " + limit.getAsLong() + " процессов и потоков.");
    }
}
