package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.file.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
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

    /**
     * Makes it, so that only its owner can enter it; one that is there is tightened if it is ours, which its journal tells. Where
     * that can't be done, opening the journal says why.
     */
    static void keepPrivate(Path directory) {
        try {
            if (!Files.exists(directory) || Files.isDirectory(directory.resolve("journal"))) {
                PrivateFiles.directory(directory);
            }
            for (String own : List.of("cache", "downloads", "git", "results")) {
                if (Files.isDirectory(directory.resolve(own), LinkOption.NOFOLLOW_LINKS)) {
                    PrivateFiles.directory(directory.resolve(own));
                }
            }
        } catch (IOException unwritable) {
            // Told by Journals.open.
        }
    }

    private static Optional<Path> given(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }
}
