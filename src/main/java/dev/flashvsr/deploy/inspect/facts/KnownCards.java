package dev.flashvsr.deploy.inspect.facts;

import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.yaml.YamlDocument;
import dev.flashvsr.deploy.yaml.YamlFields;
import dev.flashvsr.deploy.yaml.YamlNode;
import dev.flashvsr.deploy.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** The models of cards that are known, read from {@code cards.yaml}. */
public final class KnownCards {
    private static final int MOST = 1_000_000;
    private static final List<KnownCard> ALL = load();

    private KnownCards() {}

    /** All of them, in the file's order. */
    public static List<KnownCard> all() {
        return ALL;
    }

    /**
     * The card of this name; where a model comes with several sizes of memory, the one whose memory it is, else the
     * first of them: the smallest, so that a share is never taken for more. A name that is cut short and could be that of
     * cards which differ in more than that is none.
     */
    public static Optional<KnownCard> find(String name, OptionalDouble memoryMib) {
        List<KnownCard> named = ALL.stream().filter(card -> card.isCalled(name)).toList();
        List<KnownCard> fitting = named.stream()
                .filter(card -> memoryMib.isPresent()
                        && memoryMib.getAsDouble() >= card.leastMib()
                        && memoryMib.getAsDouble() <= card.mostMib())
                .toList();
        List<KnownCard> likely = fitting.isEmpty() ? named : fitting;
        boolean unclear = name.endsWith("...")
                && likely.stream().mapToInt(KnownCard::capability).distinct().count() > 1;
        return unclear ? Optional.empty() : likely.stream().findFirst();
    }

    private static List<KnownCard> load() {
        Problems problems = new Problems();
        List<KnownCard> cards = new ArrayList<>();
        YamlDocument.resource("/dev/flashvsr/deploy/inspect/cards.yaml", problems)
                .flatMap(document -> YamlFields.of(document, "the cards", problems))
                .ifPresent(fields -> {
                    for (YamlNode node : fields.list("cards").orElse(List.of())) {
                        YamlFields.of(node, "a card", problems)
                                .flatMap(KnownCards::card)
                                .ifPresent(cards::add);
                    }
                    fields.rejectUnknown();
                });
        problems.throwIfAny();
        return List.copyOf(cards);
    }

    private static Optional<KnownCard> card(YamlFields fields) {
        Optional<YamlScalar> name = fields.required("name");
        Optional<YamlScalar> pattern = fields.required("pattern");
        KnownCard card = new KnownCard(
                name.map(YamlScalar::text).orElse(""),
                fields.textOrTexts("names").stream().map(YamlScalar::text).toList(),
                Pattern.compile(pattern.map(YamlScalar::text).orElse("")),
                whole(fields, "capability"),
                whole(fields, "sms"),
                whole(fields, "least_mib"),
                whole(fields, "most_mib"),
                whole(fields, "bus_bits"),
                figure(fields, "peak_tflops"),
                figure(fields, "best_tflops"),
                figure(fields, "memory_gbs"),
                whole(fields, "pcie_gen"),
                whole(fields, "power_watt"));
        fields.rejectUnknown();
        return name.map(text -> card);
    }

    private static int whole(YamlFields fields, String key) {
        return fields.integer(key, 0, MOST).orElse(0);
    }

    private static OptionalDouble figure(YamlFields fields, String key) {
        return fields.text(key).map(text -> SmiValue.number(text.text())).orElse(OptionalDouble.empty());
    }
}
