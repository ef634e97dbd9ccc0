package dev.flashvsr.deploy.inspect.offer;

import dev.flashvsr.deploy.inspect.catalogue.Wording;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What an offer costs beside the price of an hour, and what is not known of it. */
final class HiddenCosts {
    /** What a deploy leaves on the disk and needs room for, in GB. */
    private static final BigDecimal KEPT_GB = BigDecimal.valueOf(60);

    private final Offer offer;
    private final String currency;
    private final List<Wording> found = new ArrayList<>();

    private HiddenCosts(Offer offer) {
        this.offer = offer;
        this.currency = offer.tariff().currency();
    }

    static List<Wording> of(Offer offer) {
        HiddenCosts costs = new HiddenCosts(offer);
        costs.minimum();
        costs.stopped();
        costs.storage();
        costs.traffic();
        return costs.found;
    }

    private void minimum() {
        Tariff tariff = offer.tariff();
        tariff.minimum().ifPresent(time -> {
            Wording least = Shown.time(time);
            String paid = tariff.cost(time)
                    .map(cost -> ": " + Shown.money(cost, currency))
                    .orElse("");
            say(
                    "At least " + least.en() + " is charged" + paid + ".",
                    "Минимум оплачивается " + least.ru() + paid + ".");
        });
        tariff.step().filter(step -> step.compareTo(Duration.ofMinutes(1)) > 0).ifPresent(step -> {
            Wording unit = Shown.time(step);
            say(
                    "Time is charged in steps of " + unit.en() + ", a started one in full.",
                    "Шаг оплаты — " + unit.ru() + ", начатый оплачивается целиком.");
        });
        if (tariff.step().isEmpty()) {
            say("The billing step is not known.", "Шаг тарификации неизвестен.");
        }
        if (tariff.isHourDerived() && tariff.perHour().isPresent()) {
            say(
                    "No price of an hour is named: the figures are parts of a longer rental, which is paid as a whole.",
                    "Цена часа не указана: числа — доли более долгой аренды, которая оплачивается целиком.");
        }
    }

    private void stopped() {
        if (offer.billedStopped().isEmpty()) {
            say(
                    "What is charged while the machine is stopped is not known.",
                    "Неизвестно, что оплачивается при остановленной машине.");
        } else if (offer.billedStopped().get().contains(Offer.Billed.MACHINE)) {
            say(
                    "A stopped machine is charged as if it ran: it has to be deleted.",
                    "Остановленная машина оплачивается как работающая: её нужно удалять.");
        }
        if (offer.billedStopped()
                .filter(all -> all.contains(Offer.Billed.ADDRESS))
                .isPresent()) {
            say(
                    "The address is charged while the machine is stopped.",
                    "Адрес оплачивается и при остановленной машине.");
        }
    }

    private void storage() {
        Offer.Storage storage = offer.storage();
        storage.gbMonth().filter(price -> price.signum() > 0).ifPresent(price -> {
            String included = storage.includedGb().map(Shown::number).orElse("0");
            say(
                    "Storage over " + included + " GB: " + Shown.money(price, currency) + " per GB and month.",
                    "Хранилище сверх " + included + " ГБ: " + Shown.money(price, currency) + " за ГБ в месяц.");
        });
        boolean nothingMore = offer.billedStopped()
                .filter(all -> !all.contains(Offer.Billed.STORAGE))
                .isPresent();
        if (storage.gbMonthStopped().isPresent()) {
            BigDecimal month = storage.gbMonthStopped().get().multiply(KEPT_GB);
            say(
                    "While stopped, " + KEPT_GB + " GB cost " + Shown.money(month, currency) + " a month.",
                    "При остановке " + KEPT_GB + " ГБ стоят " + Shown.money(month, currency) + " в месяц.");
        } else if (!nothingMore) {
            say("What storage costs while stopped is not known.", "Неизвестно, сколько стоит хранилище при остановке.");
        }
    }

    private void traffic() {
        Offer.Traffic traffic = offer.traffic();
        if (traffic.unlimited()) {
            return;
        }
        if (traffic.gb().isPresent()) {
            String included = traffic.includedGb().map(Shown::number).orElse("0");
            String price = Shown.money(traffic.gb().get(), currency);
            say(
                    "Traffic over " + included + " GB a month: " + price + " per GB.",
                    "Трафик сверх " + included + " ГБ в месяц: " + price + " за ГБ.");
        } else {
            say("What traffic costs is not known.", "Неизвестно, сколько стоит трафик.");
        }
    }

    private void say(String en, String ru) {
        found.add(new Wording(en, ru));
    }
}
