package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.Map;

/** What a rule says when its probe gave nothing that can be read. */
final class Unread {
    private Unread() {}

    /** What to ask a provider for, by the probe that it stands in for. */
    private static final Map<String, String> COMMANDS = Map.of(
            "os.release", "cat /etc/os-release",
            "os.uname", "uname -a",
            "os.libc", "ldd --version",
            "mem.info", "free",
            "cpu.count", "nproc",
            "disk.df", "df -h",
            "disk.inodes", "df -i",
            "nvcc.found", "nvcc --version",
            "python.found", "python3 --version",
            "pids.limits", "ulimit -a");

    private static Judgement untold(String probe) {
        String command = COMMANDS.getOrDefault(probe, "");
        return command.isEmpty()
                ? Judgement.unknown("The text does not tell.", "В тексте этого нет.")
                : Judgement.unknown(
                        "The text does not tell; " + command + " would.",
                        "В тексте этого нет; показала бы команда " + command + ".");
    }

    /** Says whether it was not run, was out of time, or made no sense. */
    static Judgement of(Evidence evidence, String probe) {
        return evidence.of(probe)
                .map(output -> output.timedOut()
                        ? Judgement.unknown(
                                "The probe " + probe + " did not end in its time.",
                                "Проба " + probe + " не уложилась в отведённое время.")
                        : Judgement.unknown(
                                "What the probe " + probe + " printed can't be read.",
                                "Вывод пробы " + probe + " разобрать нельзя."))
                .orElseGet(() -> evidence.isPasted()
                        ? untold(probe)
                        : Judgement.unknown(
                                "The probe " + probe + " was not run.", "Проверка " + probe + " не выполнялась."));
    }
}
