package dev.flashvsr.deploy.inspect.offer;

import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Severity;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.offer.Comparison.Cell;
import dev.flashvsr.deploy.inspect.offer.Comparison.Entry;
import dev.flashvsr.deploy.inspect.offer.Comparison.Row;
import dev.flashvsr.deploy.inspect.offer.Comparison.Tone;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** The lines of a comparison. */
final class ComparisonRows {
    private static final Wording NOT_KNOWN = new Wording("not known", "неизвестно");

    /** A line of the document's own closing list, which sums up all the others. */
    private static final String CLOSING = "M-[0-9]+";

    private final Catalogue catalogue;
    private final List<Entry> entries;
    private final Duration deploy;

    ComparisonRows(Catalogue catalogue, List<Entry> entries, Duration deploy) {
        this.catalogue = catalogue;
        this.entries = entries;
        this.deploy = deploy;
    }

    Comparison comparison() {
        List<Row> rows = new ArrayList<>();
        rows.add(plain("GPU", "GPU", ComparisonRows::gpu));
        rows.add(plain("An hour", "Час", offer -> price(offer, offer.tariff().perHour())));
        rows.add(plain("A day", "Сутки", offer -> price(offer, offer.tariff().day())));
        rows.add(plain("A month", "Месяц", offer -> price(offer, offer.tariff().month())));
        rows.add(plain("A deploy", "Установка", this::deploy));
        rows.add(plain("Frames a second, 768×1408", "Кадров в секунду, 768×1408", this::speed));
        rows.add(plain("An hour of 1080p video", "Час видео 1080p", this::video));
        catalogue.requirements().stream()
                .filter(requirement -> requirement.severity() == Severity.MANDATORY)
                .filter(requirement -> requirement.key().matches(CLOSING))
                .forEach(requirement -> rows.add(met(requirement)));
        rows.add(counts());
        return new Comparison(
                entries.stream().map(entry -> entry.offer().name()).toList(),
                rows,
                entries.stream().map(entry -> HiddenCosts.of(entry.offer())).toList(),
                remarks());
    }

    private Row plain(String en, String ru, Function<Offer, Wording> cell) {
        return new Row(
                new Wording(en, ru),
                entries.stream()
                        .map(entry -> new Cell(cell.apply(entry.offer()), Tone.PLAIN))
                        .toList());
    }

    private Row met(Requirement requirement) {
        return new Row(
                requirement.text(),
                entries.stream()
                        .map(entry -> cell(Met.of(requirement, catalogue, entry.offer(), entry.seen())))
                        .toList());
    }

    private static Cell cell(Met met) {
        return switch (met) {
            case YES -> new Cell(new Wording("met", "да"), Tone.GOOD);
            case NO -> new Cell(new Wording("not met", "нет"), Tone.BAD);
            case UNKNOWN -> new Cell(NOT_KNOWN, Tone.OPEN);
        };
    }

    private Row counts() {
        List<Cell> cells = entries.stream()
                .map(entry -> {
                    Map<Met, Integer> counts = Met.count(catalogue, entry.offer(), entry.seen());
                    int yes = counts.getOrDefault(Met.YES, 0);
                    int no = counts.getOrDefault(Met.NO, 0);
                    int open = counts.getOrDefault(Met.UNKNOWN, 0);
                    Tone tone = no > 0 ? Tone.BAD : open > 0 ? Tone.OPEN : Tone.GOOD;
                    return new Cell(
                            new Wording(
                                    yes + " met, " + no + " not, " + open + " unknown",
                                    "да " + yes + ", нет " + no + ", неизвестно " + open),
                            tone);
                })
                .toList();
        return new Row(new Wording("All mandatory requirements", "Все обязательные требования"), cells);
    }

    private static Wording gpu(Offer offer) {
        Offer.Gpu gpu = offer.gpu();
        return Wording.same(gpu.count() == 1 ? gpu.name() : gpu.count() + " × " + gpu.name());
    }

    private static Wording price(Offer offer, Optional<BigDecimal> amount) {
        return amount.map(
                        price -> Wording.same(Shown.money(price, offer.tariff().currency())))
                .orElse(NOT_KNOWN);
    }

    private Wording deploy(Offer offer) {
        Wording how = offer.deployTime().isPresent()
                ? new Wording("measured", "измерено")
                : new Wording("estimate", "оценка");
        Duration time = offer.deployTime().orElse(deploy);
        return cost(offer, time).and(new Wording("(" + how.en() + ")", "(" + how.ru() + ")"));
    }

    private Wording speed(Offer offer) {
        return VideoWork.on(offer.gpu(), catalogue)
                .map(work -> Wording.same(Shown.number(work.framesPerSecond()))
                        .and(
                                work.measured()
                                        ? new Wording("(measured)", "(измерено)")
                                        : new Wording("(expected, not measured)", "(ожидается, не измерено)")))
                .orElse(NOT_KNOWN);
    }

    private Wording video(Offer offer) {
        return VideoWork.on(offer.gpu(), catalogue)
                .map(work -> cost(offer, work.time())
                        .and(
                                work.measured()
                                        ? new Wording("(at the measured rate)", "(по измеренной скорости)")
                                        : new Wording("(expected, not measured)", "(ожидается, не измерено)")))
                .orElse(NOT_KNOWN);
    }

    /** Time and money. */
    private static Wording cost(Offer offer, Duration time) {
        Wording takes = Shown.time(time);
        Wording money = price(offer, offer.tariff().cost(time));
        return new Wording(takes.en() + ", " + money.en(), takes.ru() + ", " + money.ru());
    }

    private List<Wording> remarks() {
        List<Wording> remarks = new ArrayList<>();
        TreeSet<String> currencies = new TreeSet<>();
        entries.forEach(entry -> currencies.add(entry.offer().tariff().currency()));
        if (currencies.size() > 1) {
            String all = String.join(", ", currencies);
            remarks.add(new Wording(
                    "The prices are in different currencies (" + all + "): they are not converted, added up or ranked.",
                    "Цены в разных валютах (" + all + "): они не пересчитаны, не сложены и не упорядочены."));
        }
        remarks.add(new Wording(
                "An hour of video is one of the result at 1920×1080 and 30 frames a second, with all cards at work: the"
                        + " model alone, without reading, writing and moving the video. Expected speeds are what"
                        + " FlashVSR's authors state for one A100, about 17 frames a second at 768×1408; no one"
                        + " measured them on these machines.",
                "Час видео — это час результата 1920×1080 при 30 кадрах в секунду на всех картах: только сама модель,"
                        + " без чтения, записи и передачи видео. Ожидаемая скорость — по данным авторов FlashVSR для"
                        + " одной A100, около 17 кадров в секунду при 768×1408; на этих машинах её не измеряли."));
        remarks.add(new Wording(
                "Costs hold the minimum period and the billing step where the offer names them. \"Not known\" counts as"
                        + " not met until the provider or an inspection says otherwise.",
                "В стоимость входят минимальный срок и шаг оплаты, если они указаны. «Неизвестно» не считается"
                        + " выполненным, пока не ответит провайдер или проверка."));
        return remarks;
    }
}
