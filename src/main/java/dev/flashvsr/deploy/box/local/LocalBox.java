package dev.flashvsr.deploy.box.local;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxProcess;
import dev.flashvsr.deploy.process.LocalCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** This machine: a command line goes to the user's shell as {@code sshd} would hand it over. */
public final class LocalBox implements Box {
    private final String label;
    private final Path shell;
    private final Map<String, String> environment;
    private final Set<LocalBoxProcess> running = ConcurrentHashMap.newKeySet();

    /**
     * With all that differs between users.
     *
     * @param shell the login shell
     * @param environment what its commands meet, whole; {@code HOME} in it is where they start
     */
    public LocalBox(String label, Path shell, Map<String, String> environment) {
        this.label = label;
        this.shell = shell;
        this.environment = Map.copyOf(environment);
    }

    /** For the user who runs this program. */
    public static LocalBox ofThisUser() {
        Map<String, String> environment = System.getenv();
        return new LocalBox("local", Path.of(environment.getOrDefault("SHELL", "/bin/sh")), environment);
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public BoxProcess start(String commandLine) {
        LocalCommand command =
                LocalCommand.of(shell.toString(), "-c", commandLine).withEnvironment(environment);
        LocalCommand placed = Optional.ofNullable(environment.get("HOME"))
                .map(Path::of)
                .filter(home -> home.toFile().isDirectory())
                .map(command::in)
                .orElse(command);
        LocalBoxProcess process = new LocalBoxProcess(placed.start(), running::remove);
        running.add(process);
        return process;
    }

    @Override
    public Duration roundTrip() {
        return Duration.ZERO;
    }

    @Override
    public void close() {
        running.forEach(LocalBoxProcess::close);
    }
}
