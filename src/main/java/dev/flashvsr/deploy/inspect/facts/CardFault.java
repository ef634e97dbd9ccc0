package dev.flashvsr.deploy.inspect.facts;

/**
 * What is wrong with one of the cards, by the driver's own words.
 *
 * @param card which one, such as {@code GPU 1 (NVIDIA A100-SXM4-80GB, 00000000:07:00.0)}
 * @param words what was printed
 */
public record CardFault(String card, Kind kind, String words) {
    /** Kinds of faults, the gravest first. */
    public enum Kind {
        /** The driver does not reach the card any more. */
        LOST,
        /** The driver wants the card to be reset, or its machine to be restarted. */
        RESET,
        /** The card answers questions that every card answers with an error. */
        NO_ANSWER,
        /** One instrument does not answer, the fan or the power meter; the card itself does. */
        INSTRUMENT
    }

    /** Whether nothing can be computed on the card. */
    public boolean isFatal() {
        return kind != Kind.INSTRUMENT;
    }
}
