package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.facts.BenchGpu;
import dev.flashvsr.deploy.inspect.facts.Gpu;
import dev.flashvsr.deploy.inspect.facts.KnownCard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Each figure of a measured card, held against what its model reaches; as parts of a sentence. */
final class GpuBenchFigures {
    private static final double A100_TFLOPS = 312;
    private static final double FLOPS_OF_FMA = 2;
    private static final double MEGA_IN_TERA = 1e6;

    private GpuBenchFigures() {}

    /**
     * limits: a100_pass_tflops, a100_warn_tflops, other_pass_of_best, other_pass_of_peak, other_warn_of_peak,
     * copy_pass_of_peak, copy_warn_of_peak, upload_pass_gb_per_s, upload_fail_gb_per_s.
     */
    static List<Judgement> judge(Requirement requirement, BenchGpu bench, Optional<KnownCard> card, Optional<Gpu> gpu) {
        List<Judgement> parts = new ArrayList<>();
        bench.figure("matmul_tflops").ifPresent(value -> parts.add(matmul(requirement, value, card)));
        bench.figure("fma_tflops").ifPresent(value -> parts.add(fma(requirement, value, bench, card, gpu)));
        bench.figure("d2d_gbs").ifPresent(value -> parts.add(copy(requirement, value, card)));
        bench.figure("h2d_gbs").ifPresent(value -> parts.add(upload(requirement, value, bench)));
        bench.text("alloc")
                .filter("refused"::equals)
                .ifPresent(refused -> parts.add(Judgement.fail(
                        "90 % of the memory that it calls free is refused: a quota, or a share of a card",
                        "90 % памяти, названной свободной, не выдаётся: квота или доля карты")));
        return parts;
    }

    private static Judgement matmul(Requirement requirement, double measured, Optional<KnownCard> card) {
        String text = GpuWords.figure(measured) + " TFLOP/s bf16";
        OptionalDouble peak = card.map(KnownCard::peakTflops).orElse(OptionalDouble.empty());
        if (peak.isEmpty()) {
            return Judgement.unknown(
                    text + "; what this model reaches is not known", text + "; чего достигает эта модель, неизвестно");
        }
        boolean a100 = peak.getAsDouble() == A100_TFLOPS && card.get().capability() == 80;
        OptionalDouble best = card.get().bestTflops();
        double pass = a100
                ? requirement.limit("a100_pass_tflops")
                : best.isPresent()
                        ? requirement.limit("other_pass_of_best") * best.getAsDouble()
                        : requirement.limit("other_pass_of_peak") * peak.getAsDouble();
        double warn = a100
                ? requirement.limit("a100_warn_tflops")
                : requirement.limit("other_warn_of_peak") * peak.getAsDouble();
        return graded(
                measured,
                pass,
                Math.min(warn, pass),
                text + " of " + GpuWords.figure(peak.getAsDouble()) + " by the data sheet",
                text + " из " + GpuWords.figure(peak.getAsDouble()) + " по паспорту");
    }

    /** By the driver alone: against what so many processors do at the card's highest clock. */
    private static Judgement fma(
            Requirement requirement, double measured, BenchGpu bench, Optional<KnownCard> card, Optional<Gpu> gpu) {
        String text = GpuWords.figure(measured) + " TFLOP/s fp32";
        OptionalDouble peak = fmaAt(bench.figure("clock_max"), bench, card, gpu);
        return peak.isEmpty()
                ? Judgement.unknown(
                        text + "; what this model reaches is not known",
                        text + "; чего достигает эта модель, неизвестно")
                : graded(
                        measured,
                        requirement.limit("other_pass_of_best") * peak.getAsDouble(),
                        requirement.limit("other_warn_of_peak") * peak.getAsDouble(),
                        text + " of " + GpuWords.figure(peak.getAsDouble()) + " at its full clock",
                        text + " из " + GpuWords.figure(peak.getAsDouble()) + " на полной частоте");
    }

    private static Judgement copy(Requirement requirement, double measured, Optional<KnownCard> card) {
        OptionalDouble peak = card.map(KnownCard::memoryGbs).orElse(OptionalDouble.empty());
        String text = GpuWords.figure(measured) + " GB/s";
        return peak.isEmpty()
                ? Judgement.pass("its memory moves " + text, "память карты " + text)
                : graded(
                        measured,
                        requirement.limit("copy_pass_of_peak") * peak.getAsDouble(),
                        requirement.limit("copy_warn_of_peak") * peak.getAsDouble(),
                        "its memory moves " + text + " of " + GpuWords.figure(peak.getAsDouble()),
                        "память карты " + text + " из " + GpuWords.figure(peak.getAsDouble()));
    }

    private static Judgement upload(Requirement requirement, double measured, BenchGpu bench) {
        String link = bench.figure("pcie_gen").isPresent()
                        && bench.figure("pcie_width").isPresent()
                ? " (PCIe " + GpuWords.figure(bench.figure("pcie_gen").getAsDouble()) + " x"
                        + GpuWords.figure(bench.figure("pcie_width").getAsDouble()) + ")"
                : "";
        return graded(
                measured,
                requirement.limit("upload_pass_gb_per_s"),
                requirement.limit("upload_fail_gb_per_s"),
                "data reach the card with " + GpuWords.figure(measured) + " GB/s" + link,
                "данные попадают на карту со скоростью " + GpuWords.figure(measured) + " GB/s" + link);
    }

    private static Judgement graded(double measured, double pass, double warn, String en, String ru) {
        return measured >= pass
                ? Judgement.pass(en, ru)
                : measured >= warn ? Judgement.warn(en, ru) : Judgement.fail(en, ru);
    }

    /** What was reached of what the clock that was seen allows: far less means that others have the rest. */
    static OptionalDouble fractionOfClock(BenchGpu bench, Optional<KnownCard> card, Optional<Gpu> gpu) {
        OptionalDouble clock = bench.figure("sm_clock_median");
        OptionalDouble fma = bench.figure("fma_tflops");
        OptionalDouble at = fmaAt(clock, bench, card, gpu);
        if (fma.isPresent() && at.isPresent()) {
            return OptionalDouble.of(fma.getAsDouble() / at.getAsDouble());
        }
        OptionalDouble most = bench.figure("clock_max");
        OptionalDouble matmul = bench.figure("matmul_tflops");
        OptionalDouble peak = card.map(KnownCard::peakTflops).orElse(OptionalDouble.empty());
        return matmul.isPresent() && peak.isPresent() && clock.isPresent() && most.orElse(0) > 0
                ? OptionalDouble.of(
                        matmul.getAsDouble() / (peak.getAsDouble() * clock.getAsDouble() / most.getAsDouble()))
                : OptionalDouble.empty();
    }

    private static OptionalDouble fmaAt(
            OptionalDouble mhz, BenchGpu bench, Optional<KnownCard> card, Optional<Gpu> gpu) {
        OptionalDouble sms = card.isPresent() ? OptionalDouble.of(card.get().sms()) : bench.figure("sms");
        OptionalInt capability = gpu.map(Gpu::capability).orElse(OptionalInt.empty());
        return mhz.orElse(0) <= 0 || sms.orElse(0) <= 0 || capability.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(sms.getAsDouble()
                        * lanes(capability.getAsInt())
                        * FLOPS_OF_FMA
                        * mhz.getAsDouble()
                        / MEGA_IN_TERA);
    }

    /** Single-precision units of a processor: NVIDIA's CUDA C++ Programming Guide, table "Arithmetic Instructions". */
    private static int lanes(int capability) {
        return switch (capability) {
            case 60, 70, 72, 75, 80 -> 64;
            default -> 128;
        };
    }
}
