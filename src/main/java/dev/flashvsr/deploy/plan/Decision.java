package dev.flashvsr.deploy.plan;

/** What is to happen with a step, and why, in one line for a person. */
record Decision(Action action, String reason) {
    /** Whether a step that needs this one can't be told before this one has had its turn. */
    boolean holdsUp() {
        return action != Action.SKIP && action != Action.ADOPT;
    }
}
