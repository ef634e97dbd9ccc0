package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.probe.Evidence;

/** What a rule says when its probe gave nothing that can be read. */
final class Unread {
    private Unread() {}

    /** Says whether it was not run, was out of time, or made no sense. */
    static Judgement of(Evidence evidence, String probe) {
        return evidence.of(probe)
                .map(output -> output.timedOut()
                        ? Judgement.unknown(
                                "The probe " + probe + " did not end in its time.",
                                "Проба " + probe + " не уложилась в отведённое время.")
                        : Judgement.unknown(
                                "What the probe " + probe + " printed can't be read.",
                                "Вывод пробы " + probe + " разобрать нельзя."))
                .orElseGet(() -> Judgement.unknown(
                        "The probe " + probe + " was not run.", "Проверка " + probe + " не выполнялась."));
    }
}
