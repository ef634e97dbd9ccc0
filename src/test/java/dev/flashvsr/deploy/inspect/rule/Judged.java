package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.Printed;
import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.probe.Evidence;

/** What the catalogue's own rules, with its own limits, say of evidence. */
public final class Judged {
    private Judged() {}

    /** The judgement of a requirement that has a rule. */
    public static Judgement by(Requirement requirement, Evidence evidence) {
        return Rules.find(requirement.rule().orElseThrow()).orElseThrow().judge(requirement, evidence);
    }

    /** The same by its id. */
    static Judgement by(String id, Evidence evidence) {
        return by(Catalogue.load().find(id).orElseThrow(), evidence);
    }

    /** The verdict alone, on what probes printed: a probe's id, then its text, and so on. */
    static Verdict verdict(String id, String... printed) {
        return by(id, Printed.by(printed)).verdict();
    }
}
