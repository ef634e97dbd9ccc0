package dev.flashvsr.deploy.plan;

/**
 * What a check answered when the plan was made.
 *
 * @param said the last line that it printed, safe to show; may be empty
 */
public record CheckResult(Answer answer, String said) {
    /** The box sent no answer for this step. */
    public static final CheckResult NONE = new CheckResult(Answer.UNKNOWN, "");
}
