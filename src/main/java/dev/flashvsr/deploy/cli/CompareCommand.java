package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.console.ComparisonTable;
import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.inspect.offer.Comparison;
import dev.flashvsr.deploy.inspect.offer.Inspected;
import dev.flashvsr.deploy.inspect.offer.Offer;
import dev.flashvsr.deploy.inspect.offer.OfferReader;
import dev.flashvsr.deploy.plan.PlanSummary;
import dev.flashvsr.deploy.plan.Planner;
import dev.flashvsr.deploy.plan.Selection;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.report.ComparisonHtml;
import dev.flashvsr.deploy.report.ComparisonMarkdown;
import dev.flashvsr.deploy.report.ReportFile;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Offers of providers side by side. */
@Command(
        name = "compare",
        description = "Shows offers side by side: what is met, what an hour, a deploy and an hour of video cost,"
                + " and what else is paid.")
final class CompareCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "OFFER", description = "Files such as offers/example.yaml.")
    List<Path> offers = new ArrayList<>();

    @Mixin
    ReportOptions report = new ReportOptions();

    @Mixin
    PlaybookOptions playbook = new PlaybookOptions();

    @Option(
            names = {"-v", "--verbose"},
            description = "A failure comes with its stack trace.")
    boolean verbose;

    /** Results: UTF-8, whatever the terminal's language. */
    PrintStream out = new OutputOptions().out();

    @Override
    public Integer call() {
        report.check();
        Catalogue catalogue = Catalogue.load();
        List<Comparison.Entry> entries = offers.stream()
                .map(file -> OfferReader.load(file, catalogue))
                .map(CompareCommand::entry)
                .toList();
        Comparison comparison = Comparison.of(catalogue, entries, deployTime());
        Language language = report.language;
        report.markdown.ifPresent(
                file -> ReportFile.write(file, ComparisonMarkdown.of(comparison, language), "--markdown"));
        report.html.ifPresent(file -> ReportFile.write(file, ComparisonHtml.of(comparison, language), "--html"));
        ComparisonTable.lines(comparison, language).forEach(out::println);
        return ExitCode.OK.status();
    }

    private static Comparison.Entry entry(Offer offer) {
        return new Comparison.Entry(
                offer, offer.inspected().map(Inspected::load).orElse(Map.of()));
    }

    /** Of the whole playbook, on an empty box. */
    private Duration deployTime() {
        Work work = Work.read(Home.find(), playbook, Optional.empty());
        return PlanSummary.of(
                        Planner.of(work.playbook(), work.values(), Selection.ALL)
                                .offline(),
                        OptionalDouble.empty())
                .atMost()
                .time();
    }
}
