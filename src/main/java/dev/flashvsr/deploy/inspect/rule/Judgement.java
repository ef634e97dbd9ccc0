package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.catalogue.Wording;

/**
 * A verdict and its reason.
 *
 * @param says one or two short sentences: what was found, and what follows from it
 */
public record Judgement(Verdict verdict, Wording says) {
    /** Units of amounts are put into Russian. */
    public Judgement {
        says = new Wording(says.en(), RussianUnits.in(says.ru()));
    }

    /** Met. */
    public static Judgement pass(String en, String ru) {
        return new Judgement(Verdict.PASS, new Wording(en, ru));
    }

    /** Met with a reservation. */
    public static Judgement warn(String en, String ru) {
        return new Judgement(Verdict.WARN, new Wording(en, ru));
    }

    /** Not met. */
    public static Judgement fail(String en, String ru) {
        return new Judgement(Verdict.FAIL, new Wording(en, ru));
    }

    /** Could not be seen, and why. */
    public static Judgement unknown(String en, String ru) {
        return new Judgement(Verdict.UNKNOWN, new Wording(en, ru));
    }

    /** To be asked, with the hint that probes give. */
    public static Judgement ask(String en, String ru) {
        return new Judgement(Verdict.ASK, new Wording(en, ru));
    }
}
