package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.Words;
import dev.flashvsr.deploy.report.ReportFile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where reports go, and in which language. */
final class ReportOptions {
    @Option(names = "--markdown", paramLabel = "FILE", description = "Also write the report as Markdown.")
    Optional<Path> markdown = Optional.empty();

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Also write the report as one HTML file, to print or send.")
    Optional<Path> html = Optional.empty();

    @Option(names = "--lang", paramLabel = "en|ru", description = "Language of the report (default: en).")
    Language language = Language.EN;

    /** Before the box is touched: a measurement is not to be lost for want of a directory. */
    void check() {
        if (markdown.isPresent() && markdown.equals(html)) {
            throw new DeployException(
                    ExitCode.USAGE,
                    "--markdown and --html name the same file, "
                            + Words.quoted(html.get().toString()) + ".",
                    "Give each a file of its own.");
        }
        markdown.ifPresent(file -> ReportFile.check(file, "--markdown"));
        html.ifPresent(file -> ReportFile.check(file, "--html"));
    }
}
