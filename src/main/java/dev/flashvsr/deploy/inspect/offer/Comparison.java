package dev.flashvsr.deploy.inspect.offer;

import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.catalogue.Severity;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.rule.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Offers side by side. Amounts in different currencies are neither converted nor ranked.
 *
 * @param names of the offers, in the order given
 * @param rows one line each, with a cell for every offer
 * @param hidden what each costs beside its price, by offer in the same order
 * @param remarks on how the figures came about
 */
public record Comparison(List<String> names, List<Row> rows, List<List<Wording>> hidden, List<Wording> remarks) {
    /** Keeps copies. */
    public Comparison {
        names = List.copyOf(names);
        rows = List.copyOf(rows);
        hidden = hidden.stream().map(List::copyOf).toList();
        remarks = List.copyOf(remarks);
    }

    /** One line of the table. */
    public record Row(Wording label, List<Cell> cells) {
        /** Keeps a copy. */
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * What stands in a cell.
     *
     * @param met coloured by it; {@link Tone#PLAIN} where it is no verdict
     */
    public record Cell(Wording text, Tone met) {}

    /** How a cell is to be seen. */
    public enum Tone {
        PLAIN,
        GOOD,
        BAD,
        OPEN
    }

    /**
     * One of those that are compared.
     *
     * @param seen verdicts of an inspection there, by the ids of requirements; none where there was no inspection
     */
    public record Entry(Offer offer, Map<String, Verdict> seen) {
        /** Keeps a copy. */
        public Entry {
            seen = Map.copyOf(seen);
        }
    }

    /** Of these offers; {@code deploy}: how long a deploy is expected to take where an offer has no measured time. */
    public static Comparison of(Catalogue catalogue, List<Entry> entries, Duration deploy) {
        return new ComparisonRows(catalogue, entries, deploy).comparison();
    }

    /** Whether a requirement is counted among the mandatory ones: those composed of others would count twice. */
    static boolean isCounted(Requirement requirement) {
        return requirement.severity() == Severity.MANDATORY
                && requirement.from().isEmpty();
    }
}
