package dev.flashvsr.deploy.inspect.rule;

import dev.flashvsr.deploy.inspect.catalogue.Requirement;
import dev.flashvsr.deploy.inspect.facts.Version;

/** Figures of a requirement, with what counts where the catalogue names none: a rule must not throw. */
final class Limits {
    private Limits() {}

    static double of(Requirement requirement, String name, double otherwise) {
        return requirement.limits().getOrDefault(name, otherwise);
    }

    static Version version(Requirement requirement, String name, int major, int minor) {
        Double number = requirement.limits().get(name);
        return number == null ? new Version(major, minor, 0) : Version.ofLimit(number);
    }
}
