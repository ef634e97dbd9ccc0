package dev.flashvsr.deploy.rehearsal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * What still runs in a box: the processes of this user that work in its directory, have it as their HOME, or were given
 * a file of it on their command line.
 *
 * @param box absolute path of the box's directory
 */
record BoxProcesses(Path box) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Ends them all: asks first, and after five seconds no more. */
    void end() {
        List<ProcessHandle> asked = running();
        asked.forEach(ProcessHandle::destroy);
        await(asked);
        List<ProcessHandle> left = running();
        left.forEach(ProcessHandle::destroyForcibly);
        await(left);
    }

    /** Those that run now. */
    List<ProcessHandle> running() {
        long self = ProcessHandle.current().pid();
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != self && belongs(Path.of("/proc", Long.toString(process.pid()))))
                .toList();
    }

    private boolean belongs(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).startsWith(box)
                    || words(process.resolve("environ")).anyMatch(word -> word.equals("HOME=" + box.resolve("home")))
                    || words(process.resolve("cmdline")).anyMatch(word -> word.startsWith(box + "/"));
        } catch (IOException e) {
            return false; // ended since, or somebody else's
        }
    }

    private static Stream<String> words(Path file) throws IOException {
        return Stream.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\0"));
    }

    private static void await(List<ProcessHandle> processes) {
        CompletableFuture<?>[] ends =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The caller looks again.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for a process can't fail", e);
        }
    }
}
