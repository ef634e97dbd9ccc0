package dev.flashvsr.deploy.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where this machine keeps its own files. */
final class StateDirectory {
    private StateDirectory() {}

    /** The option, else {@code FLASHVSR_DEPLOY_STATE}, else the XDG state directory. */
    static Path of(Optional<Path> option, Map<String, String> environment) {
        return option.or(() -> given(environment, "FLASHVSR_DEPLOY_STATE"))
                .or(() -> given(environment, "XDG_STATE_HOME").map(base -> base.resolve("flashvsr-deploy")))
                .orElseGet(() -> Path.of(
                        environment.getOrDefault("HOME", System.getProperty("user.home", ".")),
                        ".local",
                        "state",
                        "flashvsr-deploy"))
                .toAbsolutePath();
    }

    private static Optional<Path> given(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }
}
