package dev.flashvsr.deploy.process;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A command of this machine: each argument reaches the program as it is, no shell in between.
 *
 * @param arguments the program, by path or by a name that {@code PATH} knows, and its arguments
 * @param environment the whole environment, nothing is added
 * @param directory where it runs; empty: where this program runs
 * @param input what it reads on its standard input, then end of file
 */
public record LocalCommand(
        List<String> arguments, Map<String, String> environment, Optional<Path> directory, String input) {
    /** With copies. */
    public LocalCommand {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** With this process's environment and directory, and no input. */
    public static LocalCommand of(String... arguments) {
        return new LocalCommand(List.of(arguments), System.getenv(), Optional.empty(), "");
    }

    /** The same with this as the whole environment. */
    public LocalCommand withEnvironment(Map<String, String> whole) {
        return new LocalCommand(arguments, whole, directory, input);
    }

    /** The same, run in this directory. */
    public LocalCommand in(Path where) {
        return new LocalCommand(arguments, environment, Optional.of(where), input);
    }

    /** The same, with this text on its standard input, as UTF-8. */
    public LocalCommand withInput(String text) {
        return new LocalCommand(arguments, environment, directory, text);
    }

    /**
     * Runs it to its end; at the limit it is ended with all its descendants, TERM first. Of each output stream the first
     * {@value LocalRun#KEPT} bytes are kept.
     *
     * @throws DeployException exit status 1, when it can't be started
     */
    public LocalResult run(Duration limit) {
        try {
            return new LocalRun(this, limit).run();
        } catch (IOException e) {
            throw cannotStart(e);
        }
    }

    /**
     * Starts it with live streams; {@link #input} is not used.
     *
     * @throws DeployException exit status 1, when it can't be started
     */
    public LocalProcess start() {
        try {
            return new LocalProcess(builder().start());
        } catch (IOException e) {
            throw cannotStart(e);
        }
    }

    /** Where {@code PATH} has this program. */
    public static Optional<Path> find(String program) {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(arguments);
        builder.environment().clear();
        builder.environment().putAll(environment);
        directory.ifPresent(where -> builder.directory(where.toFile()));
        return builder;
    }

    private DeployException cannotStart(IOException e) {
        String program = arguments.get(0);
        return new DeployException(
                ExitCode.FAILED,
                "Can't start " + program + " on this machine: " + e.getMessage(),
                "Check that it is installed and executable.",
                e);
    }
}
