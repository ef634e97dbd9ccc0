package dev.flashvsr.deploy.plan;

/** What is to happen with a step, by the table of step semantics. */
public enum Action {
    /** As wanted, same fingerprint: nothing. */
    SKIP,
    /** As wanted without a checkpoint: write one, run nothing. */
    ADOPT,
    /** Not as wanted. */
    RUN,
    /** As wanted, but made from other inputs, or by an attempt that did not end well. */
    RERUN,
    /** Not as wanted, and the last attempt failed or was cut off. */
    RESUME,
    /** It is running on the box although its runner is dead: take it over. */
    REATTACH,
    /** Decided on the box, after the steps that it needs. */
    UNKNOWN;

    /** As written in bundles, events and saved plans. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether the box will be changed by it for sure. */
    public boolean runs() {
        return this == RUN || this == RERUN || this == RESUME;
    }
}
