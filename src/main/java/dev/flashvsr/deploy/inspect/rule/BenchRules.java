package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.facts.BenchDisk;
import dev.flashvsr.deploy.inspect.facts.BenchLine;
import java.util.OptionalDouble;

/** What {@code inspect --bench} measured of the disk and the line, beside what the probes say of them. */
final class BenchRules {
    private static final double MB = 1e6;

    /** An environment has some fifty thousand files: at this rate it takes three minutes to unpack. */
    private static final double FEW_FILES = 300;

    private BenchRules() {}

    /** A measured disk settles what its kind would only hint at. limits: slow_mb_per_s. */
    static Rule withDisk(Rule rule) {
        return (requirement, evidence) -> {
            Judgement judged = rule.judge(requirement, evidence);
            return BenchDisk.of(evidence)
                    .map(disk -> disk(requirement, disk, judged))
                    .or(() -> BenchDisk.refused(evidence)
                            .map(why -> new Judgement(
                                    judged.verdict(),
                                    judged.says()
                                            .and(new Wording(
                                                    "Not measured: " + why + ".", "Не измерено: " + why + ".")))))
                    .orElse(judged);
        };
    }

    private static Judgement disk(Requirement requirement, BenchDisk disk, Judgement judged) {
        boolean slow = disk.writeMbs() < Limits.of(requirement, "slow_mb_per_s", 100)
                || disk.filesPerSecond().orElse(FEW_FILES) < FEW_FILES;
        Wording measured = new Wording(
                "Measured" + (slow ? ", and slow" : "") + ": written with " + Amounts.rate(disk.writeMbs() * MB)
                        + part(disk.readMbs(), ", read with ", " MB/s")
                        + part(disk.filesPerSecond(), ", ", " small files a second") + ".",
                "Измерено" + (slow ? ", медленно" : "") + ": запись " + Amounts.rate(disk.writeMbs() * MB)
                        + part(disk.readMbs(), ", чтение ", " MB/s")
                        + part(disk.filesPerSecond(), ", мелких файлов в секунду: ", "") + ".");
        if (slow) {
            return new Judgement(Verdict.WARN, measured);
        }
        return judged.verdict() == Verdict.ASK || judged.verdict() == Verdict.UNKNOWN
                ? new Judgement(Verdict.PASS, measured)
                : new Judgement(judged.verdict(), judged.says().and(measured));
    }

    /** A video goes over this line, and the line to the world says nothing of it. */
    static Rule withLine(Rule rule) {
        return (requirement, evidence) -> {
            Judgement judged = rule.judge(requirement, evidence);
            return BenchLine.of(evidence)
                    .map(line -> new Judgement(judged.verdict(), judged.says().and(line(line))))
                    .orElse(judged);
        };
    }

    private static Wording line(BenchLine line) {
        String to = line.pushMbs().isPresent() ? Amounts.rate(line.pushMbs().getAsDouble() * MB) : "?";
        String from = line.pullMbs().isPresent() ? Amounts.rate(line.pullMbs().getAsDouble() * MB) : "?";
        return new Wording(
                "From your machine to the box " + to + ", back " + from + ".",
                "С вашей машины на сервер " + to + ", обратно " + from + ".");
    }

    private static String part(OptionalDouble value, String before, String after) {
        return value.isPresent() ? before + Amounts.number(value.getAsDouble()) + after : "";
    }
}
