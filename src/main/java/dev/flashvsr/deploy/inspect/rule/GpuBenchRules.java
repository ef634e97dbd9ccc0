package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.facts.BenchCause;
import dev.flashvsr.deploy.inspect.facts.BenchGpu;
import dev.flashvsr.deploy.inspect.facts.Gpu;
import dev.flashvsr.deploy.inspect.facts.Gpus;
import dev.flashvsr.deploy.inspect.facts.KnownCard;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What {@code inspect --bench} measured of the card: whether it is as fast as its model, and steady; and if not, why. */
final class GpuBenchRules {
    /** Heat, the hardware's own slowdown, and the power supply's. */
    private static final long SLOWED = 0x8 | 0x20 | 0x40 | 0x80;

    private static final Judgement NOT_MEASURED = Judgement.ask(
            "Not measured: run inspect --bench, and ask the provider for a guarantee.",
            "Не измерено: запустите inspect --bench и попросите у провайдера гарантию.");

    private GpuBenchRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put(
                "gpu-speed",
                (requirement, evidence) -> measured(evidence)
                        .map(bench -> failure(bench).orElseGet(() -> speed(requirement, evidence, bench)))
                        .orElse(NOT_MEASURED));
        rules.put(
                "gpu-steady",
                (requirement, evidence) -> measured(evidence)
                        .map(bench -> failure(bench).orElseGet(() -> steady(requirement, evidence, bench)))
                        .orElse(NOT_MEASURED));
    }

    /** Also of one that said nothing. */
    private static Optional<BenchGpu> measured(Evidence evidence) {
        return BenchGpu.of(evidence).or(() -> evidence.of("bench.gpu").map(output -> new BenchGpu(Map.of())));
    }

    private static Optional<Judgement> failure(BenchGpu bench) {
        if (bench.text("busy").isPresent()) {
            return Optional.of(Judgement.unknown(
                    "Not measured: a process of this box works on the card ("
                            + bench.text("busy").get() + "). Measure again when it has ended.",
                    "Не измерено: на карте работает процесс этой машины ("
                            + bench.text("busy").get() + "). Повторите замер, когда он завершится."));
        }
        if (bench.text("windows").isPresent()) {
            return Optional.empty();
        }
        String said = bench.text("error").map(text -> ": " + text).orElse("");
        return Optional.of(Judgement.unknown(
                "The measurement did not come to its end" + said + ".", "Замер не удался" + said + "."));
    }

    private static Judgement speed(Requirement requirement, Evidence evidence, BenchGpu bench) {
        Optional<Gpu> gpu = Gpus.of(evidence).map(Gpus::first);
        Optional<KnownCard> card = gpu.flatMap(Gpu::known);
        List<Judgement> parts = GpuBenchFigures.judge(requirement, bench, card, gpu);
        Verdict worst = parts.stream().map(Judgement::verdict).reduce(Verdict.PASS, Verdict::orWorse);
        Wording says = parts.stream()
                .filter(part -> part.verdict() == worst)
                .map(Judgement::says)
                .reduce((one, other) -> new Wording(one.en() + "; " + other.en(), one.ru() + "; " + other.ru()))
                .orElse(Wording.same(""));
        Wording measured = new Wording("Measured: " + says.en() + ".", "Измерено: " + says.ru() + ".");
        return switch (worst) {
            case PASS, UNKNOWN -> new Judgement(worst, measured);
            default ->
                new Judgement(
                        worst,
                        new Wording(
                                        measured.en() + " That is less than a whole card reaches.",
                                        measured.ru() + " Это меньше, чем даёт целая карта.")
                                .and(GpuBenchWords.of(cause(bench, card, gpu), bench, card)));
        };
    }

    private static BenchCause cause(BenchGpu bench, Optional<KnownCard> card, Optional<Gpu> gpu) {
        return BenchCause.of(bench, card, GpuBenchFigures.fractionOfClock(bench, card, gpu));
    }

    /** limits: spread_pass_fraction, spread_warn_fraction. */
    private static Judgement steady(Requirement requirement, Evidence evidence, BenchGpu bench) {
        OptionalDouble spread = bench.spread();
        if (spread.isEmpty()) {
            return Judgement.unknown("The measurement has too few seconds.", "В замере слишком мало секунд.");
        }
        boolean slowed = ((long) bench.throttle().orElse(0) & SLOWED) != 0;
        boolean calm = spread.getAsDouble() <= Limits.of(requirement, "spread_pass_fraction", 0.03)
                && !BenchCause.stalls(bench);
        String percent = GpuWords.figure(spread.getAsDouble() * 100) + " %";
        if (calm && !slowed && !BenchCause.busyAtRest(bench)) {
            return Judgement.pass(
                    "Steady: the seconds differ by " + percent + ", and at rest the card had nothing to do.",
                    "Ровно: секунды различаются на " + percent + ", в покое карта не занята.");
        }
        Optional<Gpu> gpu = Gpus.of(evidence).map(Gpus::first);
        Optional<KnownCard> card = gpu.flatMap(Gpu::known);
        BenchCause cause = cause(bench, card, gpu);
        boolean bad = spread.getAsDouble() > Limits.of(requirement, "spread_warn_fraction", 0.1);
        boolean fail = switch (cause) {
            case NEIGHBOUR -> bad || BenchCause.stalls(bench) || BenchCause.busyAtRest(bench);
            case UNCLEAR -> bad;
            case HEAT, POWER -> false;
        };
        return new Judgement(
                fail ? Verdict.FAIL : Verdict.WARN,
                new Wording("The seconds differ by " + percent + ".", "Секунды различаются на " + percent + ".")
                        .and(GpuBenchWords.of(cause, bench, card)));
    }
}
