package dev.flashvsr.deploy.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/** A call of the program that still runs. */
final class RunningProgram implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final String command;
    private final Path out;
    private final Path err;

    private RunningProgram(Process process, String command, Path out, Path err) {
        this.process = process;
        this.command = command;
        this.out = out;
        this.err = err;
    }

    static RunningProgram start(List<String> command, Path directory, Map<String, String> environment) {
        try {
            Path out = Files.createTempFile(directory, "call-", ".out");
            Path err = Files.createTempFile(directory, "call-", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            int words = command.indexOf("dev.flashvsr.deploy.cli.Main") + 1;
            return new RunningProgram(
                    builder.start(), String.join(" ", command.subList(words, command.size())), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until its standard output holds this text. */
    RunningProgram shows(String text) {
        try {
            await().pollInterval(Duration.ofMillis(50))
                    .atMost(PATIENCE)
                    .until(() -> read(out).contains(text) || !process.isAlive());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no '" + text + "' from " + soFar(-1), e);
        }
        if (!read(out).contains(text)) {
            throw new AssertionError("no '" + text + "' from " + soFar(process.exitValue()));
        }
        return this;
    }

    /** Whether it still runs. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal, as by Ctrl-C or kill. */
    RunningProgram signal(String name) {
        Shell.run("kill", "-" + name, Long.toString(process.pid()));
        return this;
    }

    /** Waits for its end. */
    ProgramResult end() {
        return end(PATIENCE);
    }

    ProgramResult end(Duration limit) {
        try {
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("still runs after " + limit.toSeconds() + " s: " + soFar(-1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return soFar(process.exitValue());
    }

    private ProgramResult soFar(int exit) {
        return new ProgramResult(command, exit, read(out), read(err));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
