package dev.flashvsr.deploy.rehearsal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** This machine's own python3, which the stand-in for conda makes environments of. */
final class LocalPython {
    /** What the stand-in for Python says it is. */
    static final String STANDIN_VERSION = "3.11.13";

    private static final String ASK = "import ensurepip, platform, venv; print(platform.python_version())";
    private static final int SECONDS = 20;

    private LocalPython() {}

    /** Its version; empty where there is none that can make virtual environments with pip. */
    static Optional<String> version(String searched) {
        return BoxDirectory.find("python3", searched)
                .flatMap(python -> answer(python.toString(), "-I", "-c", ASK))
                .filter(version -> version.matches("3\\.\\d+\\.\\d+\\S*"));
    }

    /** What a program prints, if it ends well and in time. */
    static Optional<String> answer(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? Optional.of(out) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
