package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.plan.Action;
import dev.flashvsr.deploy.plan.PlannedStep;

/** The sign in front of a step, its meaning in the legend, and its word in a count. All ASCII, so that it can be sent on. */
enum PlanSymbol {
    RUN('+', "run", "to run"),
    RESUME('>', "go on with what failed or was cut off", "to resume"),
    RERUN('~', "run again, for a change", "to run again"),
    DRIFTED('!', "drifted: was done, is no longer so, run again", "drifted"),
    REATTACH('@', "running already: follow", "running already"),
    UNKNOWN('?', "decided on the box", "decided on the box"),
    ADOPT('*', "as wanted already: record it", "to record"),
    SKIP('=', "as wanted", "as wanted");

    private final char sign;
    private final String legend;
    private final String counted;

    PlanSymbol(char sign, String legend, String counted) {
        this.sign = sign;
        this.legend = legend;
        this.counted = counted;
    }

    static PlanSymbol of(PlannedStep step) {
        return step.drifted() ? DRIFTED : of(step.action());
    }

    private static PlanSymbol of(Action action) {
        return switch (action) {
            case SKIP -> SKIP;
            case ADOPT -> ADOPT;
            case RUN -> RUN;
            case RERUN -> RERUN;
            case RESUME -> RESUME;
            case REATTACH -> REATTACH;
            case UNKNOWN -> UNKNOWN;
        };
    }

    /** Such as {@code + run}. */
    String legend(Style style) {
        return shown(style) + " " + legend;
    }

    /** What stands behind a number: {@code to run}. */
    String counted() {
        return counted;
    }

    /** Whether the step takes time for sure or perhaps. */
    boolean takesTime() {
        return this != SKIP && this != ADOPT;
    }

    /** The sign, dressed. */
    String shown(Style style) {
        String text = String.valueOf(sign);
        return switch (this) {
            case SKIP, ADOPT -> style.dim(text);
            case RUN, REATTACH -> style.green(text);
            case RERUN, RESUME, UNKNOWN -> style.yellow(text);
            case DRIFTED -> style.red(text);
        };
    }
}
