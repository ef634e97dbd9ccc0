package dev.flashvsr.deploy.rehearsal;

import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The real git, free of the user's own settings. */
final class GitTool {
    private GitTool() {}

    /** A git command to be started in {@code directory}. */
    static ProcessBuilder command(Path directory, String... arguments) {
        List<String> words =
                Stream.concat(Stream.of("git"), Arrays.stream(arguments)).toList();
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("HOME", directory.toString());
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        // The directory may belong to somebody else, such as the owner of a mounted volume.
        environment.put("GIT_CONFIG_COUNT", "1");
        environment.put("GIT_CONFIG_KEY_0", "safe.directory");
        environment.put("GIT_CONFIG_VALUE_0", "*");
        return builder;
    }

    /**
     * Runs git to its end, with {@code input} on its standard input.
     *
     * @return what it printed, without the last line end
     * @throws DeployException if there is no git or it fails
     */
    static String run(Path directory, byte[] input, String... arguments) {
        String what = "git " + String.join(" ", arguments) + " in " + directory;
        try {
            Path errors = Files.createTempFile(directory, "git", ".err");
            try {
                Process git = command(directory, arguments)
                        .redirectError(errors.toFile())
                        .start();
                try (var stdin = git.getOutputStream()) {
                    stdin.write(input);
                }
                String out = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
                if (git.waitFor() != 0) {
                    throw new DeployException(
                            ExitCode.FAILED,
                            what + " failed: " + Files.readString(errors).strip(),
                            "");
                }
                return out;
            } finally {
                Files.deleteIfExists(errors);
            }
        } catch (IOException e) {
            throw new DeployException(
                    ExitCode.FAILED,
                    what + " could not be run: " + e.getMessage(),
                    "A rehearsal needs git on this machine; install it, then run again.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeployException(ExitCode.INTERRUPTED, what + " was interrupted", "", e);
        }
    }
}
