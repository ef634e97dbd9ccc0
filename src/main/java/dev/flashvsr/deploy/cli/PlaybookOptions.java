package dev.flashvsr.deploy.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is to be deployed. */
final class PlaybookOptions {
    @Option(
            names = "--playbook",
            paramLabel = "PATH",
            description = "Directory with a playbook.yaml, or a YAML file (default: playbooks/flashvsr).")
    Optional<Path> playbook = Optional.empty();

    @Option(
            names = "--env",
            paramLabel = "NAME|FILE",
            description = "Values of variables (default: env/<name of the playbook>.yaml, where there is one).")
    Optional<String> env = Optional.empty();

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Sets a variable; may be repeated.")
    List<String> set = new ArrayList<>();

    void addTo(Again again) {
        again.with("--playbook", playbook).with("--env", env);
        set.forEach(setting -> again.with("--set", Optional.of(setting)));
    }
}
