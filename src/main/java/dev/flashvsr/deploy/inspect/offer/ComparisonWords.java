package dev.flashvsr.deploy.inspect.offer;

import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.inspect.catalogue.Wording;
import dev.flashvsr.deploy.inspect.offer.Comparison.Cell;

/** Words that every form of a comparison uses. */
public final class ComparisonWords {
    /** Its heading. */
    public static final Wording TITLE = new Wording("Offers side by side", "Предложения рядом");

    /** The heading of what each costs beside its price. */
    public static final Wording HIDDEN =
            new Wording("What else is paid, and what is not known", "За что ещё платить и что неизвестно");

    /** The heading of the remarks. */
    public static final Wording REMARKS = new Wording("How to read this", "Как это читать");

    private ComparisonWords() {}

    /** The cell with a sign before a verdict, so that it needs no colour. */
    public static String marked(Cell cell, Language language) {
        String text = cell.text().in(language);
        return switch (cell.met()) {
            case PLAIN -> text;
            case GOOD -> "✓ " + text;
            case BAD -> "✗ " + text;
            case OPEN -> "? " + text;
        };
    }
}
