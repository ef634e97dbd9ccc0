package dev.flashvsr.deploy.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The program as a user starts it: a process of its own, in an empty home, with a state directory there. Its playbooks
 * are those of this project; its standard input is empty.
 */
record Program(Path home, List<String> options, Map<String, String> environment, List<String> wrapper) {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** In this home, which is made where it is missing. */
    static Program in(Path home) {
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> environment = Map.of(
                "HOME", home.toString(),
                "PATH", System.getenv("PATH"),
                "LC_ALL", "C.UTF-8");
        return new Program(home, List.of(), environment, List.of());
    }

    /** The same with these words behind those of every call. */
    Program with(String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new Program(home, all, environment, wrapper);
    }

    /** The same with another variable. */
    Program environment(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put(name, value);
        return new Program(home, options, all, wrapper);
    }

    /** The same, started by this command. */
    Program under(String... command) {
        return new Program(home, options, environment, List.of(command));
    }

    /** The same as somebody elsewhere would call it: another home and state directory, the same words. */
    Program elsewhere(Path otherHome) {
        Program other = Program.in(otherHome);
        return new Program(otherHome, options, other.environment, wrapper);
    }

    /** Where it keeps its own files. */
    Path state() {
        return home.resolve("state");
    }

    /** Runs it to its end. */
    ProgramResult run(String... words) {
        try (RunningProgram running = start(words)) {
            return running.end(LIMIT);
        }
    }

    /** Starts it. */
    RunningProgram start(String... words) {
        List<String> command = new ArrayList<>(wrapper);
        // A shell starts what it puts into the background deaf to Ctrl-C, and that is inherited.
        command.addAll(List.of("env", "--default-signal=INT"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Duser.home=" + home,
                "-Dflashvsr.deploy.home=" + Path.of("").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.flashvsr.deploy.cli.Main"));
        command.addAll(List.of(words));
        command.addAll(options);
        if (words.length > 0 && !words[0].startsWith("-") && !command.contains("--state-dir")) {
            command.addAll(List.of("--state-dir", state().toString()));
        }
        return RunningProgram.start(command, home, environment);
    }
}
