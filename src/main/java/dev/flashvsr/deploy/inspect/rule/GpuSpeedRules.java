package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.facts.Gpu;
import dev.flashvsr.deploy.inspect.facts.Gpus;
import java.util.Map;
import java.util.OptionalDouble;

/** What the card means for FlashVSR: what fits into it, and how fast it may be. */
final class GpuSpeedRules {
    private static final double GIGA = 1e9;
    private static final double MIB = 1024 * 1024;
    private static final int CHANNELS = 3;

    private GpuSpeedRules() {}

    static void register(Map<String, Rule> rules) {
        rules.put("high-resolution", GpuCardRules.on(GpuSpeedRules::highResolution));
        rules.put(
                "expected-speed",
                (requirement, evidence) -> GpuWords.withCards(evidence, gpus -> expected(requirement, gpus)));
    }

    /** limits: width_px, height_px, frames, bytes_per_value, copies, model_gb, most_of_free_fraction. */
    private static Judgement highResolution(Requirement requirement, Gpus gpus) {
        Gpu gpu = gpus.first();
        OptionalDouble free = gpu.freeMib();
        OptionalDouble room = free.isEmpty() ? gpu.usableMib() : free;
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
        String ofEn = free.isEmpty() ? " in all (what of it is free was not shown)" : " free";
        String ofRu = free.isEmpty() ? " всего (сколько свободно, не показано)" : " свободных";
        return needed <= requirement.limit("most_of_free_fraction") * has
                ? Judgement.pass(
                        "768×1408 needs about " + text + ofEn + ".", "768×1408 требует около " + text + ofRu + ".")
                : Judgement.warn(
                        "768×1408 needs about " + text + ofEn + ": shorter windows.",
                        "768×1408 требует около " + text + ofRu + ": окна придётся укоротить.");
    }

    /** limits: a100_fps. */
    private static Judgement expected(Requirement requirement, Gpus gpus) {
        if (!gpus.first().isNamed() && gpus.first().capability().isEmpty()) {
            return Judgement.unknown("Which card it is was not shown.", "Какая это карта, не показано.");
        }
        String fps = GpuWords.figure(requirement.limit("a100_fps"));
        boolean a100 = gpus.first().capability().orElse(0) == 80
                && gpus.first().memoryMib().orElse(0) > 0;
        return a100
                ? Judgement.pass(
                        "About " + fps + " frames a second of 768×1408, by FlashVSR's authors on a whole A100.",
                        "Около " + fps + " кадров 768×1408 в секунду — по словам авторов FlashVSR, на целой A100.")
                : Judgement.warn(
                        "For this card no speed is published; an A100 makes about " + fps + " frames a second.",
                        "Для этой карты скорость не опубликована; A100 даёт около " + fps + " кадров в секунду.");
    }
}
