package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.inspect.offer.Inspected;
import dev.flashvsr.deploy.inspect.offer.Offer;
import dev.flashvsr.deploy.inspect.offer.OfferReader;
import dev.flashvsr.deploy.inspect.offer.Questionnaire;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.report.LetterText;
import dev.flashvsr.deploy.report.ReportFile;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what to ask a provider. */
@Command(
        name = "questions",
        description = "Prints the questions that only a provider can answer, as a letter that is ready to be sent.")
final class QuestionsCommand implements Callable<Integer> {
    @Option(names = "--lang", paramLabel = "en|ru", description = "Language of the letter (default: en).")
    Language language = Language.EN;

    @Option(names = "--all", description = "Also what 'inspect' would find out by itself.")
    boolean all;

    @Option(names = "--plain-text", description = "Plain text instead of Markdown.")
    boolean plainText;

    @Option(
            names = "--ids",
            description = "Also names the requirements that each answer is written down for in an offer's file.")
    boolean ids;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Writes the letter there.")
    Optional<Path> file = Optional.empty();

    @Option(
            names = "--offer",
            paramLabel = "FILE",
            description = "Leaves out what this offer answers, and what an inspection that it names has settled.")
    Optional<Path> offer = Optional.empty();

    @Option(
            names = {"-v", "--verbose"},
            description = "A failure comes with its stack trace.")
    boolean verbose;

    /** Results: UTF-8, whatever the terminal's language. */
    PrintStream out = new OutputOptions().out();

    @Override
    public Integer call() {
        Catalogue catalogue = Catalogue.load();
        Optional<Offer> known = offer.map(path -> OfferReader.load(path, catalogue));
        Questionnaire questionnaire = Questionnaire.of(
                catalogue,
                all ? Questionnaire.Scope.ALL : Questionnaire.Scope.OPEN,
                known.flatMap(Offer::inspected).map(Inspected::load).orElse(Map.of()),
                known.map(Offer::answers).orElse(Map.of()));
        String letter = plainText
                ? LetterText.plain(questionnaire, language, ids)
                : LetterText.markdown(questionnaire, language, ids);
        file.ifPresentOrElse(path -> ReportFile.write(path, letter, "--output"), () -> out.print(letter));
        out.flush();
        return ExitCode.OK.status();
    }
}
