package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.console.Terminal;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is shown, and where this machine keeps its own files. */
final class OutputOptions {
    @Option(names = "--json", description = "Standard output holds JSON only.")
    boolean json;

    @Option(names = "--plain", description = "Plain lines, no live board, no colour.")
    boolean plain;

    @Option(
            names = {"-v", "--verbose"},
            description = "Says more; a failure comes with its stack trace.")
    boolean verbose;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "Where the journal, results, kept wheels and relayed downloads are kept (default:"
                    + " $$FLASHVSR_DEPLOY_STATE, else the XDG state directory).")
    Optional<Path> stateDir = Optional.empty();

    void addTo(Again again) {
        again.with("--state-dir", stateDir);
    }

    private final PrintStream out = StandardOutput.lines();
    private final PrintStream err = StandardOutput.errors();

    /** Results: always UTF-8, each line at once. */
    PrintStream out() {
        return out;
    }

    /** What is said beside the result. */
    PrintStream err() {
        return err;
    }

    /** What the terminal can show. */
    Terminal terminal() {
        return Terminal.of(System.getenv(), System.console() != null, plain || json);
    }
}
