package dev.flashvsr.deploy.inspect;

import dev.flashvsr.deploy.inspect.catalogue.Severity;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The verdict in words. Worded so that no noun has to agree with a number. */
final class StandingSentence {
    private StandingSentence() {}

    static Wording of(Standing standing) {
        long all = standing.count(Severity.MANDATORY);
        long failed = mandatory(standing, Verdict.FAIL);
        long unknown = mandatory(standing, Verdict.UNKNOWN);
        List<Wording> rest = new ArrayList<>();
        Wording first = switch (standing.fit()) {
            case NO -> {
                rest.add(metToo(standing));
                add(rest, unknown, " unknown", "не удалось узнать ");
                yield new Wording(
                        "Not fit: " + failed + " of " + all + " mandatory points not met",
                        "Не подходит: не выполнено " + failed + " из " + all + " обязательных пунктов");
            }
            case UNKNOWN -> {
                rest.add(metToo(standing));
                yield new Wording(
                        "Can't tell: " + unknown + " of " + all + " mandatory points could not be seen",
                        "Неясно: не удалось узнать " + unknown + " из " + all + " обязательных пунктов");
            }
            case YES -> {
                boolean open = mandatory(standing, Verdict.ASK) > 0;
                yield new Wording(
                        (open ? "Fit as far as can be seen: " : "Fit: ") + met(standing) + " of " + all
                                + " mandatory points met" + mended(standing).en(),
                        (open ? "Подходит, насколько видно: выполнено " : "Подходит: выполнено ")
                                + met(standing) + " из " + all + " обязательных пунктов"
                                + mended(standing).ru());
            }
        };
        add(rest, mandatory(standing, Verdict.ASK), " to ask the provider", "спросить у провайдера ");
        return joined(first, rest);
    }

    private static long met(Standing standing) {
        return mandatory(standing, Verdict.PASS) + mandatory(standing, Verdict.WARN);
    }

    private static Wording mended(Standing standing) {
        long mended = standing.mended().stream().filter(Standing::isMandatory).count();
        return mended == 0
                ? Wording.same("")
                : new Wording(
                        " (" + mended + " of them once the deploy has run)",
                        " (из них после установки " + mended + ")");
    }

    private static Wording metToo(Standing standing) {
        Wording mended = mended(standing);
        return new Wording(met(standing) + " met" + mended.en(), "выполнено " + met(standing) + mended.ru());
    }

    private static void add(List<Wording> rest, long count, String en, String ru) {
        if (count > 0) {
            rest.add(new Wording(count + en, ru + count));
        }
    }

    private static Wording joined(Wording first, List<Wording> rest) {
        return new Wording(
                String.join(
                                ", ",
                                with(first.en(), rest.stream().map(Wording::en).toList())) + ".",
                String.join(
                                ", ",
                                with(first.ru(), rest.stream().map(Wording::ru).toList())) + ".");
    }

    private static List<String> with(String first, List<String> rest) {
        List<String> all = new ArrayList<>();
        all.add(first);
        all.addAll(rest);
        return all;
    }

    private static long mandatory(Standing standing, Verdict verdict) {
        return standing.count(Severity.MANDATORY, verdict);
    }
}
