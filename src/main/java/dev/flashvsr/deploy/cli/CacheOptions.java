package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.inventory.Target;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.products.CacheTerms;
import dev.flashvsr.deploy.products.LocalCache;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether what one box built serves the next. */
final class CacheOptions {
    private static final String NAME = "--no-cache";
    private static final String FROM = "--cache-from";

    @Option(
            names = NAME,
            description =
                    "Brings nothing that the box builds to this machine, and nothing that another built to the box.")
    boolean noCache;

    @Option(
            names = FROM,
            paramLabel = "BOX",
            description =
                    "Of what is kept on this machine, takes what this box built, and nothing else. That agrees to it.")
    Optional<String> from = Optional.empty();

    /** Of this playbook, below the state directory; empty where it is not wanted. */
    Optional<LocalCache> in(Path stateDir, Playbook playbook) {
        return noCache ? Optional.empty() : Optional.of(LocalCache.of(stateDir.resolve("cache"), playbook));
    }

    /** What the user agrees to; {@code asks}: whether the plan is seen by a person before anything is changed. */
    CacheTerms terms(Work work, boolean asks) {
        boolean inventory = work.target()
                .filter(Target.Remote.class::isInstance)
                .filter(target -> ((Target.Remote) target).fromInventory())
                .isPresent();
        return new CacheTerms(inventory, asks, from);
    }

    Again addTo(Again again) {
        return (noCache ? again.with(NAME) : again).with(FROM, from);
    }
}
