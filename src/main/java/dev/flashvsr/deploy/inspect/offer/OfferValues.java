package dev.flashvsr.deploy.inspect.offer;

import static dev.flashvsr.deploy.problem.Words.hint;
import static dev.flashvsr.deploy.problem.Words.quoted;

import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.yaml.Units;
import dev.flashvsr.deploy.yaml.YamlFields;
import dev.flashvsr.deploy.yaml.YamlNode;
import dev.flashvsr.deploy.yaml.YamlScalar;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The single values of an offer: amounts, times, days and words out of a few. */
final class OfferValues {
    private static final String AMOUNT = "[0-9]{1,9}(\\.[0-9]{1,6})?";
    private static final String CURRENCY = "[A-Z]{3}";
    private static final String DAYS = "[0-9]{1,4}d";

    private final Problems problems;

    OfferValues(Problems problems) {
        this.problems = problems;
    }

    String currency(YamlFields fields) {
        Optional<YamlScalar> text = fields.required("currency");
        text.filter(word -> !word.text().matches(CURRENCY))
                .ifPresent(word -> problems.add(word.place()
                        .problem(
                                "\"currency\" must be three capital letters, not " + word.described(),
                                Optional.of("as in USD, EUR or RUB"))));
        return text.map(YamlScalar::text).orElse("");
    }

    /** A number that is not below nothing. */
    Optional<BigDecimal> amount(YamlFields fields, String key) {
        Optional<YamlNode> node = fields.node(key);
        Optional<BigDecimal> amount = node.filter(YamlScalar.class::isInstance)
                .map(YamlScalar.class::cast)
                .filter(scalar -> scalar.plain() && scalar.text().matches(AMOUNT))
                .map(scalar -> new BigDecimal(scalar.text()));
        if (amount.isEmpty()) {
            node.ifPresent(wrong -> problems.add(
                    wrong.place().problem(quoted(key) + " must be a number such as 1.50, not " + wrong.described())));
        }
        return amount;
    }

    /** As in the playbook, and days: {@code 30d}. */
    Optional<Duration> time(YamlFields fields, String key, Duration least, Duration most) {
        return fields.text(key).flatMap(text -> {
            Optional<Duration> time = text.text().matches(DAYS)
                    ? Optional.of(Duration.ofDays(Long.parseLong(text.text().replace("d", ""))))
                    : Units.duration(text.text());
            if (time.isEmpty() || time.get().compareTo(least) < 0 || time.get().compareTo(most) > 0) {
                problems.add(text.place()
                        .problem(quoted(key) + " must be a time such as 60s, 45m, 1h or 30d, not " + text.described()));
                return Optional.empty();
            }
            return time;
        });
    }

    Optional<LocalDate> day(YamlFields fields, String key) {
        return fields.text(key).flatMap(text -> {
            try {
                return Optional.of(LocalDate.parse(text.text()));
            } catch (DateTimeParseException wrong) {
                problems.add(text.place()
                        .problem(quoted(key) + " must be a day such as 2026-11-20, not " + text.described()));
                return Optional.empty();
            }
        });
    }

    /** Relative to the file that names it. */
    Optional<Path> path(YamlScalar text, Path file) {
        try {
            return Optional.of(file.resolveSibling(text.text()));
        } catch (InvalidPathException wrong) {
            problems.add(text.place().problem(text.described() + " is no path"));
            return Optional.empty();
        }
    }

    <T extends Enum<T>> Optional<T> oneOf(YamlScalar text, String what, Class<T> type) {
        Optional<T> found = Stream.of(type.getEnumConstants())
                .filter(one -> small(one).equals(text.text()))
                .findFirst();
        if (found.isEmpty()) {
            List<String> known =
                    Stream.of(type.getEnumConstants()).map(OfferValues::small).toList();
            problems.add(text.place().problem(what + " can't be " + text.described(), hint(text.text(), known)));
        }
        return found;
    }

    private static String small(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
