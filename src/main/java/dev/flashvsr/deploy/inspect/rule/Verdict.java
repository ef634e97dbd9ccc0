package dev.flashvsr.deploy.inspect.rule;

/** How a requirement stands, from the best to the worst. */
public enum Verdict {
    /** Met, as far as it can be seen from inside. */
    PASS,
    /** Met with a reservation, or not met yet and mended by a step. */
    WARN,
    /** The provider has to be asked: no probe can tell. */
    ASK,
    /** A probe could tell and did not: never counted as met. */
    UNKNOWN,
    /** Not met. */
    FAIL;

    /** The worse of the two. */
    public Verdict orWorse(Verdict that) {
        return compareTo(that) >= 0 ? this : that;
    }
}
