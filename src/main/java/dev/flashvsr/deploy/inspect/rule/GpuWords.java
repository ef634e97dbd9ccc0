package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.facts.CardFault;
import dev.flashvsr.deploy.inspect.facts.CardFaults;
import dev.flashvsr.deploy.inspect.facts.GpuPresence;
import dev.flashvsr.deploy.inspect.facts.GpuTrouble;
import dev.flashvsr.deploy.inspect.facts.Gpus;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** What the rules of the card say alike. */
final class GpuWords {
    private static final double MIB_IN_GIB = 1024;

    private GpuWords() {}

    /** Judges the cards, or says UNKNOWN with the reason why none was seen, or why what the first one says is not believed. */
    static Judgement withCards(Evidence evidence, Function<Gpus, Judgement> judge) {
        Optional<Gpus> gpus = Gpus.of(evidence);
        Optional<CardFault> dead =
                gpus.map(Gpus::first).filter(CardFaults::isDead).flatMap(CardFaults::of);
        if (dead.isPresent()) {
            return new Judgement(Verdict.UNKNOWN, of(dead.get()));
        }
        return gpus.map(judge).orElseGet(() -> {
            Wording why = whyUnseen(evidence);
            return Judgement.unknown(
                    "The card could not be read. " + why.en(), "Данные карты получить не удалось. " + why.ru());
        });
    }

    /** Why no card was seen, in a sentence. */
    static Wording whyUnseen(Evidence evidence) {
        return CardFaults.of(evidence).stream()
                .filter(CardFault::isFatal)
                .findFirst()
                .map(GpuWords::of)
                .or(() -> GpuTrouble.of(evidence).map(trouble -> of(trouble, evidence)))
                .orElseGet(() -> evidence.isPasted()
                        ? new Wording("The text shows none.", "В тексте её нет.")
                        : new Wording("No probe of it was run.", "Ни одна её проверка не выполнялась."));
    }

    /** What is wrong with these cards: the gravest in full, of the others which they are. */
    static Wording of(List<CardFault> faults) {
        Wording first = of(faults.get(0));
        List<String> others = faults.stream()
                .skip(1)
                .map(fault -> fault.card() + ": " + fault.words())
                .toList();
        return others.isEmpty()
                ? first
                : new Wording(
                        first.en() + " Faulty too: " + String.join("; ", others) + ".",
                        first.ru() + " Неисправны также: " + String.join("; ", others) + ".");
    }

    /** What is wrong with a card, and what follows. */
    static Wording of(CardFault fault) {
        String said = fault.card() + ": " + fault.words() + ". ";
        return switch (fault.kind()) {
            case LOST ->
                new Wording(
                        said + "The driver has lost this card: its host has to be restarted, or the container created"
                                + " anew. Ask the provider, or take another box.",
                        said + "Драйвер потерял эту карту: нужно перезапустить хост или пересоздать контейнер."
                                + " Обратитесь к провайдеру или возьмите другую машину.");
            case RESET ->
                new Wording(
                        said + "This card is in a bad state until it is reset or its host restarted. Ask the provider,"
                                + " or take another box.",
                        said + "Эта карта неисправна, пока её не сбросят или не перезапустят хост. Обратитесь к"
                                + " провайдеру или возьмите другую машину.");
            case NO_ANSWER ->
                new Wording(
                        said + "This card does not answer what every card answers: the provider has to reset it. Ask"
                                + " for that, or take another box.",
                        said + "Эта карта не отвечает на то, на что отвечает любая: её должен сбросить провайдер."
                                + " Обратитесь к нему или возьмите другую машину.");
            case INSTRUMENT ->
                new Wording(
                        said + "This one instrument of the card does not answer. Look again later, and watch the card's"
                                + " temperature under load.",
                        said + "Один датчик этой карты не отвечает. Проверьте позже ещё раз и следите за температурой"
                                + " карты под нагрузкой.");
        };
    }

    /** What is wrong, and what follows. */
    static Wording of(GpuTrouble trouble, Evidence evidence) {
        boolean node = GpuPresence.of(evidence).map(GpuPresence::isWithoutNodes).orElse(false);
        return switch (trouble) {
            case HANGS ->
                new Wording(
                        "nvidia-smi does not end: the driver hangs, and only a restart by the provider helps.",
                        "nvidia-smi не завершается: драйвер завис, поможет только перезапуск провайдером.");
            case LOST ->
                new Wording(
                        "The card was lost (Unknown Error): the container has to be created anew, or the host restarted.",
                        "Карта потеряна (Unknown Error): контейнер нужно пересоздать либо перезапустить хост.");
            case MISMATCH ->
                new Wording(
                        "The driver in the kernel and its libraries are of two versions: restart the machine.",
                        "Драйвер ядра и его библиотеки разных версий: перезапустите машину.");
            case NO_DRIVER ->
                new Wording("The NVIDIA driver is not loaded in the kernel.", "Драйвер NVIDIA не загружен в ядро.");
            case NO_LIBRARY ->
                new Wording(
                        "nvidia-smi is there, the driver's library libnvidia-ml is not.",
                        "nvidia-smi есть, а библиотеки драйвера libnvidia-ml нет.");
            case NO_DEVICES ->
                new Wording(
                        "The driver sees no card: this box was started without one.",
                        "Драйвер не видит ни одной карты: машина запущена без неё.");
            case DENIED -> new Wording("This user may not open the card.", "У пользователя нет доступа к карте.");
            case NO_TOOL ->
                node
                        ? new Wording(
                                "The host has a driver, but this container was given no card.",
                                "Драйвер на хосте есть, но контейнеру карта не передана.")
                        : new Wording("There is no nvidia-smi on this box.", "На машине нет nvidia-smi.");
        };
    }

    /** As in 79.3 GiB. */
    static String gib(double mib) {
        return String.format(Locale.ROOT, "%.1f GiB", mib / MIB_IN_GIB);
    }

    /** With one digit after the point, and none where it is zero. */
    static String figure(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** As in 8.0. */
    static String capability(int tenfold) {
        return tenfold / 10 + "." + tenfold % 10;
    }

    /** The worse of the two, the first where they are alike. */
    static Judgement worse(Judgement one, Judgement other) {
        return other.verdict().compareTo(one.verdict()) > 0 ? other : one;
    }

    /** The number of this field of every card, the largest. */
    static OptionalDouble most(Gpus gpus, String field) {
        return gpus.cards().stream()
                .flatMapToDouble(card -> card.number(field).stream())
                .max();
    }
}
