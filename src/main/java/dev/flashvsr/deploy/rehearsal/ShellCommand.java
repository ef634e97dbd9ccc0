package dev.flashvsr.deploy.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/**
 * One exec request: the command line given to bash in a session of its own, as sshd does. When the connection ends, its
 * pipes are closed and nothing is killed.
 */
final class ShellCommand implements Command {
    private static final int BUFFER = 64 * 1024;

    private final String line;
    private final Map<String, String> environment;
    private final Path directory;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private @Nullable OutputStream err;
    private @Nullable ExitCallback exit;
    private @Nullable Process process;

    ShellCommand(String line, Map<String, String> environment, Path directory) {
        this.line = line;
        this.environment = environment;
        this.directory = directory;
    }

    @Override
    public void setInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
        this.err = err;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        this.exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment requested) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(List.of("setsid", "bash", "-c", line)).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process started = builder.start();
        process = started;
        copy("stdin", in, started.getOutputStream(), true);
        Thread answers = copy("stdout", started.getInputStream(), out, false);
        Thread errors = copy("stderr", started.getErrorStream(), err, false);
        thread("exit", () -> {
                    try {
                        int status = started.waitFor();
                        answers.join();
                        errors.join();
                        end(status);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                })
                .start();
    }

    private void end(int status) {
        if (exit != null) {
            exit.onExit(status);
        }
    }

    @Override
    public void destroy(ChannelSession channel) throws IOException {
        if (process != null) {
            process.getOutputStream().close();
            process.getInputStream().close();
            process.getErrorStream().close();
        }
    }

    private static Thread copy(String name, @Nullable InputStream from, @Nullable OutputStream to, boolean close) {
        Thread thread = thread(name, () -> {
            try (OutputStream ended = close && to != null ? to : OutputStream.nullOutputStream()) {
                byte[] buffer = new byte[BUFFER];
                for (int read = read(from, buffer); read >= 0 && to != null; read = read(from, buffer)) {
                    to.write(buffer, 0, read);
                    to.flush();
                }
            } catch (IOException e) {
                // One side is gone; the other notices by the end of its stream.
            }
        });
        thread.start();
        return thread;
    }

    private static int read(@Nullable InputStream from, byte[] buffer) throws IOException {
        return from == null ? -1 : from.read(buffer);
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, "rehearsal-" + name);
        thread.setDaemon(true);
        return thread;
    }
}
