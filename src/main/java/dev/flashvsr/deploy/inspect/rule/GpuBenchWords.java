package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.facts.BenchCause;
import dev.flashvsr.deploy.inspect.facts.BenchGpu;
import dev.flashvsr.deploy.inspect.facts.KnownCard;
import java.util.Optional;
import java.util.OptionalDouble;

/** Why a card was slow or not steady, in a sentence. */
final class GpuBenchWords {
    private GpuBenchWords() {}

    static Wording of(BenchCause cause, BenchGpu bench, Optional<KnownCard> card) {
        return switch (cause) {
            case HEAT -> {
                String from = span(bench, "temperature_begin", "temperature_end", " °C");
                yield new Wording(
                        "Heat" + from + ": the card lowers its clock, and the provider has to cool it better.",
                        "Нагрев" + from + ": карта снижает частоту, провайдеру нужно наладить охлаждение.");
            }
            case POWER -> power(bench, card);
            case NEIGHBOUR ->
                BenchCause.busyAtRest(bench)
                        ? new Wording(
                                "Somebody else works on the card: it was busy while we let it rest.",
                                "На карте работает кто-то ещё: она занята и тогда, когда мы её не нагружаем.")
                        : new Wording(
                                "Somebody else seems to work on the card: its clock stayed, its speed did not.",
                                "Похоже, на карте работает кто-то ещё: частота держится, а скорость — нет.");
            case UNCLEAR ->
                new Wording(
                        "Why can't be told from inside: neither heat, nor a power limit, nor a neighbour was seen.",
                        "Причину изнутри не видно: ни нагрева, ни ограничения мощности, ни соседа не замечено.");
        };
    }

    private static Wording power(BenchGpu bench, Optional<KnownCard> card) {
        String limit = bench.figure("power_limit").isPresent()
                ? GpuWords.figure(bench.figure("power_limit").getAsDouble())
                : "";
        if (BenchCause.lowered(bench, card)) {
            String usual = String.valueOf(card.map(KnownCard::powerWatt).orElse(0));
            return new Wording(
                    "Its power is limited to " + limit + " W, " + usual + " W are usual: ask the provider to lift it.",
                    "Мощность ограничена до " + limit + " Вт при обычных " + usual
                            + " Вт: попросите снять ограничение.");
        }
        return limit.isEmpty()
                ? new Wording("Its power is limited.", "Мощность карты ограничена.")
                : new Wording(
                        "It runs into its power limit of " + limit + " W, not into a neighbour.",
                        "Карта упирается в свой предел мощности " + limit + " Вт, а не в соседа.");
    }

    /** Such as {@code (61 to 88 °C)}; empty where it was not seen. */
    private static String span(BenchGpu bench, String from, String to, String unit) {
        OptionalDouble begin = bench.figure(from);
        OptionalDouble end = bench.figure(to);
        return begin.isEmpty() || end.isEmpty()
                ? ""
                : " (" + GpuWords.figure(begin.getAsDouble()) + " → " + GpuWords.figure(end.getAsDouble()) + unit + ")";
    }
}
