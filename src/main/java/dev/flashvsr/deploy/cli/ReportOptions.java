package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.inspect.catalogue.Language;
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

    @Option(
            names = "--lang",
            paramLabel = "en|ru",
            converter = LanguageConverter.class,
            description = "Language of the report (default: en).")
    Language language = Language.EN;
}
