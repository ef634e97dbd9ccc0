package dev.flashvsr.deploy.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the files that come with this program lie: {@code playbooks/} and {@code env/}. */
record Home(Path installed, Path working) {
    /** Set by the launcher; without it, the working directory is taken. */
    private static final String PROPERTY = "flashvsr.deploy.home";

    private static final Path DEFAULT_PLAYBOOK = Path.of("playbooks", "flashvsr");
    private static final Path INVENTORY = Path.of("env", "boxes.yaml");

    static Home find() {
        Path working = Path.of("").toAbsolutePath();
        return new Home(
                Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of).orElse(working), working);
    }

    /** Where to look for {@code env/}: what the user keeps beside the work comes before what was installed. */
    List<Path> places() {
        return installed.equals(working) ? List.of(working) : List.of(working, installed);
    }

    Path playbook(Optional<Path> given) {
        return given.orElseGet(() -> first(DEFAULT_PLAYBOOK));
    }

    Path inventory() {
        return first(INVENTORY);
    }

    private Path first(Path relative) {
        return places().stream()
                .map(place -> place.resolve(relative))
                .filter(Files::exists)
                .findFirst()
                .orElse(installed.resolve(relative));
    }
}
