package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.facts.BenchGpu;
import dev.flashvsr.deploy.inspect.facts.Gpu;
import dev.flashvsr.deploy.inspect.facts.Gpus;
import dev.flashvsr.deploy.inspect.facts.KnownCard;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What was measured, held against what the card's model reaches; and what follows for FlashVSR. */
final class GpuSpeedRules {
    /** Idle, clocks set by programs, and the power limit of a card under full load are as they should be. */
    private static final long HARMLESS = 0x1 | 0x2 | 0x4 | 0x10 | 0x100;

    private static final Judgement NOT_MEASURED = Judgement.ask(
            "Not measured: run inspect --bench, and ask the provider for a guarantee.",
            "Не измерено: запустите inspect --bench и попросите у провайдера гарантию.");
    private static final double GIGA = 1e9;
    private static final double MIB = 1024 * 1024;
    private static final int CHANNELS = 3;
    private static final double A100_TFLOPS = 312;

    private GpuSpeedRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put("gpu-speed", GpuSpeedRules::speed);
        rules.put("gpu-steady", GpuSpeedRules::steady);
        rules.put("high-resolution", GpuCardRules.on(GpuSpeedRules::highResolution));
        rules.put(
                "expected-speed",
                (requirement, evidence) -> GpuWords.withCards(evidence, gpus -> expected(requirement, gpus)));
    }

    /**
     * limits: a100_pass_tflops, a100_warn_tflops, other_pass_of_best, other_pass_of_peak, other_warn_of_peak,
     * copy_pass_of_peak, copy_warn_of_peak, upload_pass_gb_per_s, upload_fail_gb_per_s.
     */
    private static Judgement speed(Requirement requirement, Evidence evidence) {
        Optional<BenchGpu> bench = BenchGpu.of(evidence);
        if (bench.isEmpty()) {
            return NOT_MEASURED;
        }
        Optional<KnownCard> card = Gpus.of(evidence).map(Gpus::first).flatMap(Gpu::known);
        Judgement matmul = matmul(requirement, bench.get(), card);
        Judgement copy = bench.get().figure("d2d_gbs").isPresent()
                ? copy(requirement, bench.get().figure("d2d_gbs").getAsDouble(), card)
                : matmul;
        Judgement upload = upload(requirement, bench.get().figure("h2d_gbs"), matmul);
        return GpuWords.worse(GpuWords.worse(matmul, copy), upload);
    }

    private static Judgement matmul(Requirement requirement, BenchGpu bench, Optional<KnownCard> card) {
        OptionalDouble measured = bench.figure("matmul_tflops");
        if (measured.isEmpty()) {
            return Judgement.unknown("The matrix product was not measured.", "Матричное произведение не измерено.");
        }
        String text = GpuWords.figure(measured.getAsDouble()) + " TFLOP/s bf16";
        OptionalDouble peak = card.map(KnownCard::peakTflops).orElse(OptionalDouble.empty());
        if (peak.isEmpty()) {
            return Judgement.unknown(
                    text + "; what this model reaches is not known.",
                    text + "; чего достигает эта модель, неизвестно.");
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
        String of = text + " of " + GpuWords.figure(peak.getAsDouble()) + " by the data sheet";
        String from = text + " из " + GpuWords.figure(peak.getAsDouble()) + " по паспорту";
        return graded(measured.getAsDouble(), pass, Math.min(warn, pass), of, from);
    }

    private static Judgement copy(Requirement requirement, double measured, Optional<KnownCard> card) {
        OptionalDouble peak = card.map(KnownCard::memoryGbs).orElse(OptionalDouble.empty());
        String text = GpuWords.figure(measured) + " GB/s";
        if (peak.isEmpty()) {
            return Judgement.pass(text, text);
        }
        return graded(
                measured,
                requirement.limit("copy_pass_of_peak") * peak.getAsDouble(),
                requirement.limit("copy_warn_of_peak") * peak.getAsDouble(),
                "its memory moves " + text + " of " + GpuWords.figure(peak.getAsDouble()),
                "память карты: " + text + " из " + GpuWords.figure(peak.getAsDouble()));
    }

    private static Judgement upload(Requirement requirement, OptionalDouble measured, Judgement none) {
        return measured.isEmpty()
                ? none
                : graded(
                        measured.getAsDouble(),
                        requirement.limit("upload_pass_gb_per_s"),
                        requirement.limit("upload_fail_gb_per_s"),
                        "data reach the card with " + GpuWords.figure(measured.getAsDouble()) + " GB/s",
                        "данные попадают на карту со скоростью " + GpuWords.figure(measured.getAsDouble()) + " GB/s");
    }

    private static Judgement graded(double measured, double pass, double warn, String en, String ru) {
        Verdict verdict = measured >= pass ? Verdict.PASS : measured >= warn ? Verdict.WARN : Verdict.FAIL;
        String lower = verdict == Verdict.PASS ? "." : ": less than a whole card reaches.";
        String less = verdict == Verdict.PASS ? "." : ": меньше, чем даёт целая карта.";
        return new Judgement(verdict, new Wording("Measured: " + en + lower, "Измерено: " + ru + less));
    }

    /** limits: spread_pass_fraction, spread_warn_fraction. */
    private static Judgement steady(Requirement requirement, Evidence evidence) {
        Optional<BenchGpu> bench = BenchGpu.of(evidence);
        if (bench.isEmpty()) {
            return NOT_MEASURED;
        }
        OptionalDouble spread = bench.get().spread();
        if (spread.isEmpty()) {
            return Judgement.unknown("The measurement has too few seconds.", "В замере слишком мало секунд.");
        }
        boolean slowed = ((long) bench.get().throttle().orElse(0) & ~HARMLESS) != 0;
        String percent = GpuWords.figure(spread.getAsDouble() * 100) + " %";
        if (spread.getAsDouble() <= requirement.limit("spread_pass_fraction") && !slowed) {
            return Judgement.pass(
                    "Steady: the seconds differ by " + percent + ".", "Ровно: секунды различаются на " + percent + ".");
        }
        if (slowed) {
            return Judgement.warn(
                    "The card slowed itself down (heat or its power supply); the seconds differ by " + percent + ".",
                    "Карта сама снижала частоту (нагрев или питание); секунды различаются на " + percent + ".");
        }
        return spread.getAsDouble() <= requirement.limit("spread_warn_fraction")
                ? Judgement.warn("The seconds differ by " + percent + ".", "Секунды различаются на " + percent + ".")
                : Judgement.fail(
                        "The seconds differ by " + percent + " without heat: somebody else works on the card.",
                        "Секунды различаются на " + percent + " без нагрева: на карте работает кто-то ещё.");
    }

    /** limits: width_px, height_px, frames, bytes_per_value, copies, model_gb, most_of_free_fraction. */
    private static Judgement highResolution(Requirement requirement, Gpus gpus) {
        Gpu gpu = gpus.first();
        OptionalDouble free = gpu.number("memory.free");
        OptionalDouble room = gpu.isMig() || free.isEmpty() ? gpu.memoryMib() : free;
        if (room.isEmpty()) {
            return Judgement.unknown("The card's memory could not be read.", "Память карты прочитать не удалось.");
        }
        double window = CHANNELS
                * requirement.limit("bytes_per_value")
                * requirement.limit("frames")
                * requirement.limit("width_px")
                * requirement.limit("height_px");
        double needed = requirement.limit("copies") * window / GIGA + requirement.limit("model_gb");
        double has = room.getAsDouble() * MIB / GIGA;
        String text = GpuWords.figure(needed) + " GB / " + GpuWords.figure(has) + " GB";
        return needed <= requirement.limit("most_of_free_fraction") * has
                ? Judgement.pass(
                        "768×1408 needs about " + text + " free.", "768×1408 требует около " + text + " свободных.")
                : Judgement.warn(
                        "768×1408 needs about " + text + " free: shorter windows.",
                        "768×1408 требует около " + text + " свободных: окна придётся укоротить.");
    }

    /** limits: a100_fps. */
    private static Judgement expected(Requirement requirement, Gpus gpus) {
        String fps = GpuWords.figure(requirement.limit("a100_fps"));
        boolean a100 = gpus.first().capability().orElse(0) == 80
                && gpus.first().memoryMib().orElse(0) > 0;
        return a100
                ? Judgement.pass(
                        "About " + fps + " frames a second of 768×1408, by FlashVSR's authors on an A100.",
                        "Около " + fps + " кадров 768×1408 в секунду — по словам авторов FlashVSR, на A100.")
                : Judgement.warn(
                        "For this card no speed is published; an A100 makes about " + fps + " frames a second.",
                        "Для этой карты скорость не опубликована; A100 даёт около " + fps + " кадров в секунду.");
    }
}
