package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.facts.CardFault;
import dev.flashvsr.deploy.inspect.facts.CardFaults;
import dev.flashvsr.deploy.inspect.facts.Gpu;
import dev.flashvsr.deploy.inspect.facts.Gpus;
import dev.flashvsr.deploy.inspect.facts.Xids;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the cards are healthy. Only what was shown of every card is called good. */
final class GpuHealthRules {
    private static final Set<String> YES = Set.of("yes", "1", "true", "Yes", "True");

    /** The sum of all; logs of nvidia-smi have the parts instead, and the sum's name then stands for the card's own memory. */
    private static final List<String> UNCORRECTED = List.of(
            "ecc.errors.uncorrected.volatile.total",
            "ecc.errors.uncorrected.volatile.sram",
            "ecc.errors.uncorrected.volatile.sram.parity",
            "ecc.errors.uncorrected.volatile.sram.secded");

    private static final List<String> PENDING =
            List.of("remapped_rows.pending", "retired_pages.pending", "repair.channel_pending", "repair.tpc_pending");

    private GpuHealthRules() {}

    /** limits: uncorrectable_fail. */
    static Judgement health(Requirement requirement, Evidence evidence) {
        List<CardFault> faults = CardFaults.of(evidence);
        if (Gpus.of(evidence).isPresent() && !faults.isEmpty() && faults.get(0).isFatal()) {
            return new Judgement(Verdict.FAIL, GpuWords.of(faults));
        }
        Optional<Xids> xids = Xids.of(evidence);
        if (Gpus.of(evidence).isEmpty()
                && xids.filter(log -> !log.grave().isEmpty()).isPresent()) {
            return xids(xids.get());
        }
        return GpuWords.withCards(evidence, gpus -> {
            List<Judgement> found = new ArrayList<>();
            gpus.cards().forEach(card -> card(requirement, card).ifPresent(found::add));
            xids.filter(log -> !log.grave().isEmpty()).map(GpuHealthRules::xids).ifPresent(found::add);
            if (!faults.isEmpty()) {
                found.add(new Judgement(Verdict.WARN, GpuWords.of(faults)));
            }
            return found.stream().reduce(GpuWords::worse).orElseGet(() -> good(gpus, xids.isPresent()));
        });
    }

    /** What is wrong with this card. */
    private static Optional<Judgement> card(Requirement requirement, Gpu gpu) {
        String card = gpu.label();
        if (isYes(gpu, "remapped_rows.failure")) {
            return fail(
                    card + " failed to replace broken rows of its memory: ask for another.",
                    card + ": не удалось заменить неисправные строки памяти, просите другую.");
        }
        if (isYes(gpu, "repair.impossible")) {
            return fail(
                    card + " has memory that can't be repaired: ask for another.",
                    card + ": память не подлежит восстановлению, просите другую.");
        }
        if (isYes(gpu, "ecc.sram_threshold_exceeded")) {
            return fail(
                    card
                            + " (SRAM Threshold Exceeded: Yes) has had more errors in its caches than a sound card has: ask"
                            + " for another.",
                    card + " (SRAM Threshold Exceeded: Yes): ошибок в кэшах больше, чем бывает у исправной, просите"
                            + " другую.");
        }
        if (PENDING.stream().anyMatch(field -> isYes(gpu, field))) {
            return fail(
                    card
                            + ": a broken part of its memory waits to be replaced, for which the provider has to reset it.",
                    card + ": неисправная часть памяти ждёт замены, для этого карту должен сбросить провайдер.");
        }
        OptionalDouble rows = gpu.number("remapped_rows.uncorrectable");
        if (rows.isPresent() && rows.getAsDouble() > requirement.limit("uncorrectable_fail")) {
            String count = GpuWords.figure(rows.getAsDouble());
            return fail(
                    card + ": " + count + " rows of memory were replaced, the card is worn out.",
                    card + ": заменено строк памяти: " + count + ", карта изношена.");
        }
        OptionalDouble errors = UNCORRECTED.stream()
                .map(gpu::number)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .max();
        if (errors.isPresent() && errors.getAsDouble() > 0) {
            String count = GpuWords.figure(errors.getAsDouble());
            return fail(
                    card + ": " + count + " uncorrected memory errors since the driver started.",
                    card + ": неисправимых ошибок памяти с запуска драйвера: " + count + ".");
        }
        return Optional.empty();
    }

    /** Nothing is wrong, as far as was shown. */
    private static Judgement good(Gpus gpus, boolean log) {
        boolean errors = gpus.cards().stream()
                .allMatch(card -> UNCORRECTED.stream()
                        .anyMatch(field -> card.number(field).isPresent()));
        boolean rows = gpus.cards().stream()
                .allMatch(card ->
                        PENDING.stream().anyMatch(field -> card.text(field).isPresent()));
        List<Wording> seen = new ArrayList<>();
        List<Wording> unseen = new ArrayList<>();
        (errors ? seen : unseen).add(new Wording("uncorrected memory errors", "неисправимые ошибки памяти"));
        (rows ? seen : unseen)
                .add(new Wording("pending replacement of memory rows", "незавершённая замена строк памяти"));
        if (log) {
            seen.add(new Wording("faults in the kernel's log", "сбои в журнале ядра"));
        }
        if (seen.isEmpty()) {
            return Judgement.unknown(
                    "No count of memory errors was shown, and the kernel's log can't be read.",
                    "Счётчики ошибок памяти не показаны, журнал ядра недоступен.");
        }
        return Judgement.pass(
                "Looked for and not found: " + joined(seen, Wording::en) + "."
                        + (unseen.isEmpty() ? "" : " Not shown: " + joined(unseen, Wording::en) + "."),
                "Проверено, не обнаружены: " + joined(seen, Wording::ru) + "."
                        + (unseen.isEmpty() ? "" : " Не показаны: " + joined(unseen, Wording::ru) + "."));
    }

    private static String joined(List<Wording> words, java.util.function.Function<Wording, String> language) {
        return words.stream().map(language).collect(Collectors.joining(", "));
    }

    private static boolean isYes(Gpu gpu, String field) {
        return gpu.text(field).map(YES::contains).orElse(false);
    }

    private static Optional<Judgement> fail(String en, String ru) {
        return Optional.of(Judgement.fail(en, ru));
    }

    private static Judgement xids(Xids xids) {
        if (xids.isFatal()) {
            return Judgement.fail(
                    "The kernel's log names grave faults of a card: Xid " + xids.grave() + ". Ask for another.",
                    "В журнале ядра тяжёлые сбои карты: Xid " + xids.grave() + ". Просите другую.");
        }
        return Judgement.warn(
                "The kernel's log names faults of a card: Xid " + xids.grave() + ".",
                "В журнале ядра сбои карты: Xid " + xids.grave() + ".");
    }
}
