package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.plan.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which steps, and how. */
final class SelectionOptions {
    @Option(
            names = "--only",
            paramLabel = "STEP",
            split = ",",
            description = "These steps alone; what they need must be as wanted.")
    List<String> only = new ArrayList<>();

    @Option(names = "--from", paramLabel = "STEP", description = "This step and all that need it.")
    Optional<String> from = Optional.empty();

    @Option(names = "--force", paramLabel = "STEP", split = ",", description = "As if this step's check said no.")
    List<String> force = new ArrayList<>();

    Selection selection() {
        return new Selection(only, from.map(List::of).orElse(List.of()), force);
    }
}
