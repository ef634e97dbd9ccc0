package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.probe.Evidence;

/** Judges one requirement by what the probes printed. Reads only the probes that the requirement names. */
@FunctionalInterface
public interface Rule {
    /** Never throws, whatever the box printed; what it can't read is {@link Verdict#UNKNOWN}. */
    Judgement judge(Requirement requirement, Evidence evidence);
}
