package dev.flashvsr.deploy.console;

import java.util.List;

/**
 * The commands that a person can go on with, ready to be typed.
 *
 * @param logs reads a step's log; {@code STEP} stands for the step's id
 * @param again goes on where the run stopped
 * @param attach follows a run that goes on
 * @param cancel ends a run
 * @param status says how the box stands
 * @param inspect says whether the box is fit
 */
public record Hints(String logs, String again, String attach, String cancel, String status, String inspect) {
    /** Those of a program, for a target, both as the user typed them. */
    public static Hints of(String program, String target) {
        return of(program, target, "", "");
    }

    /**
     * The same with options that must be given again; each has a blank in front.
     *
     * @param options of every command
     * @param selection of the one that goes on: which steps, and how
     */
    public static Hints of(String program, String target, String options, String selection) {
        return new Hints(
                program + " logs " + target + " STEP" + options,
                program + " up " + target + selection + options,
                program + " attach " + target + options,
                program + " cancel " + target + options,
                program + " status " + target + options,
                program + " inspect " + target + options);
    }

    /** The same where what is to go on runs these steps anew, whatever their checks say; none: the same. */
    public Hints forcing(List<String> steps) {
        return steps.isEmpty()
                ? this
                : new Hints(logs, again + " --force " + String.join(",", steps), attach, cancel, status, inspect);
    }

    /** Reads this step's log. */
    String logsOf(String step) {
        return logs.replace(" STEP", " " + step).replace("/STEP/", "/" + step + "/");
    }
}
