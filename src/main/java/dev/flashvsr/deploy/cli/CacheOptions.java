package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.products.LocalCache;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether what one box built serves the next. */
final class CacheOptions {
    private static final String NAME = "--no-cache";

    @Option(
            names = NAME,
            description =
                    "Brings nothing that the box builds to this machine, and nothing that another built to the box.")
    boolean noCache;

    /** Below the state directory; empty where it is not wanted. */
    Optional<LocalCache> in(Path stateDir) {
        return noCache ? Optional.empty() : Optional.of(new LocalCache(stateDir.resolve("cache")));
    }

    Again addTo(Again again) {
        return noCache ? again.with(NAME) : again;
    }
}
