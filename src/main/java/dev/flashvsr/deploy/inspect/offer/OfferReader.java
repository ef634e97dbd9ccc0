package dev.flashvsr.deploy.inspect.offer;

import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.ProblemsException;
import dev.flashvsr.deploy.yaml.YamlDocument;
import dev.flashvsr.deploy.yaml.YamlFields;
import dev.flashvsr.deploy.yaml.YamlScalar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a file of {@code offers/}: strictly, every mistake with its place. */
public final class OfferReader {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** Ten years. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    private static final int MOST_CARDS = 64;

    private final Path file;
    private final OfferValues values;
    private final Problems problems;

    private OfferReader(Path file, Problems problems) {
        this.file = file;
        this.problems = problems;
        this.values = new OfferValues(problems);
    }

    /**
     * The offer in this file.
     *
     * @throws ProblemsException if it does not hold
     * @throws DeployException with {@link ExitCode#USAGE} if it can't be read, or says nothing
     */
    public static Offer load(Path file, Catalogue catalogue) {
        Problems problems = new Problems();
        Optional<Offer> offer = YamlDocument.load(file, problems)
                .flatMap(node -> YamlFields.of(node, "an offer", problems))
                .map(fields -> new OfferReader(file, problems).offer(fields, catalogue));
        problems.throwIfAny();
        return offer.orElseThrow(() -> new DeployException(
                ExitCode.USAGE, file + " says nothing.", "An offer has at least version, name, currency and gpu."));
    }

    private Offer offer(YamlFields fields, Catalogue catalogue) {
        if (fields.key("version").isEmpty()) {
            problems.add(fields.place().problem("\"version\" is missing"));
        }
        fields.integer("version", 1, 1);
        String name = fields.required("name").map(YamlScalar::text).orElse("");
        String currency = values.currency(fields);
        Tariff tariff = fields.map("price")
                .map(price -> tariff(price, currency))
                .orElseGet(() -> new Tariff(
                        currency,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        Offer.Storage storage = fields.map("storage")
                .map(this::storage)
                .orElseGet(() -> new Offer.Storage(Optional.empty(), Optional.empty(), Optional.empty()));
        Offer.Traffic traffic = fields.map("traffic")
                .map(this::traffic)
                .orElseGet(() -> new Offer.Traffic(Optional.empty(), false, Optional.empty()));
        Offer offer = new Offer(
                name,
                tariff,
                storage,
                traffic,
                stopped(fields),
                gpu(fields),
                values.time(fields, "deploy_time", SHORTEST, LONGEST),
                fields.text("inspected").flatMap(text -> values.path(text, file)),
                new AnswerReader(problems, values).answers(fields, catalogue));
        fields.rejectUnknown();
        return offer;
    }

    private Tariff tariff(YamlFields fields, String currency) {
        Tariff tariff = new Tariff(
                currency,
                values.amount(fields, "hour"),
                values.amount(fields, "day"),
                values.amount(fields, "month"),
                values.time(fields, "minimum", SHORTEST, LONGEST),
                values.time(fields, "step", SHORTEST, LONGEST));
        fields.rejectUnknown();
        return tariff;
    }

    private Offer.Storage storage(YamlFields fields) {
        Offer.Storage storage = new Offer.Storage(
                values.amount(fields, "included_gb"),
                values.amount(fields, "gb_month"),
                values.amount(fields, "gb_month_stopped"));
        fields.rejectUnknown();
        return storage;
    }

    private Offer.Traffic traffic(YamlFields fields) {
        Offer.Traffic traffic = new Offer.Traffic(
                values.amount(fields, "included_gb"),
                fields.bool("unlimited").orElse(false),
                values.amount(fields, "gb"));
        fields.rejectUnknown();
        return traffic;
    }

    private Optional<List<Offer.Billed>> stopped(YamlFields fields) {
        return fields.texts("billed_when_stopped").map(texts -> {
            List<Offer.Billed> billed = new ArrayList<>();
            texts.forEach(text -> values.oneOf(text, "what is billed when stopped", Offer.Billed.class)
                    .ifPresent(billed::add));
            return billed;
        });
    }

    private Offer.Gpu gpu(YamlFields fields) {
        if (fields.key("gpu").isEmpty()) {
            problems.add(fields.place().problem("\"gpu\" is missing"));
        }
        return fields.map("gpu")
                .map(gpu -> {
                    Offer.Gpu cards = new Offer.Gpu(
                            gpu.required("name").map(YamlScalar::text).orElse(""),
                            gpu.integer("count", 1, MOST_CARDS).orElse(1),
                            values.amount(gpu, "frames_per_second"));
                    gpu.rejectUnknown();
                    return cards;
                })
                .orElseGet(() -> new Offer.Gpu("", 1, Optional.empty()));
    }
}
