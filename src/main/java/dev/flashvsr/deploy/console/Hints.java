package dev.flashvsr.deploy.console;

/**
 * The commands that a person can go on with, ready to be typed.
 *
 * @param logs reads a step's log; {@code STEP} stands for the step's id
 * @param again goes on where the run stopped
 * @param attach follows a run that goes on
 * @param cancel ends a run
 * @param status says how the box stands
 */
public record Hints(String logs, String again, String attach, String cancel, String status) {
    /** Those for a target as the user typed it. */
    public static Hints of(String target) {
        return of(target, "");
    }

    /** The same with options that must be given again; each has a blank in front. */
    public static Hints of(String target, String options) {
        return new Hints(
                "flashvsr-deploy logs " + target + " STEP" + options,
                "flashvsr-deploy up " + target + options,
                "flashvsr-deploy attach " + target + options,
                "flashvsr-deploy cancel " + target + options,
                "flashvsr-deploy status " + target + options);
    }

    /** Reads this step's log. */
    String logsOf(String step) {
        return logs.replace(" STEP", " " + step).replace("/STEP/", "/" + step + "/");
    }
}
