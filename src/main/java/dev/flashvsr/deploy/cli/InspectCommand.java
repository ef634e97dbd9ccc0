package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.console.InspectionPrinter;
import dev.flashvsr.deploy.console.NextCommand;
import dev.flashvsr.deploy.engine.Survey;
import dev.flashvsr.deploy.inspect.Deploy;
import dev.flashvsr.deploy.inspect.Inspection;
import dev.flashvsr.deploy.inspect.Standing;
import dev.flashvsr.deploy.inspect.WholeCatalogue;
import dev.flashvsr.deploy.inspect.catalogue.Catalogue;
import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.inspect.pasted.PastedText;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.inspect.probe.Probe;
import dev.flashvsr.deploy.inspect.probe.ProbeEntries;
import dev.flashvsr.deploy.inspect.probe.Probes;
import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.progress.SafeText;
import dev.flashvsr.deploy.report.InspectionHtml;
import dev.flashvsr.deploy.report.InspectionJson;
import dev.flashvsr.deploy.report.InspectionMarkdown;
import dev.flashvsr.deploy.report.ReportFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The provider checklist, answered by probes. */
@Command(
        name = "inspect",
        description =
                "Says whether a box is what its provider promised. Reads only; needs no root and installs nothing.")
final class InspectCommand implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "TARGET", description = "The box; left out with --from-file.")
    Optional<String> target = Optional.empty();

    @Option(
            names = "--from-file",
            paramLabel = "FILE",
            description = "Read what a provider sent (nvidia-smi -q -x, nvidia-smi, lscpu, free, several in one text)"
                    + " in place of a box; - for standard input.")
    Optional<Path> fromFile = Optional.empty();

    @Mixin
    ReportOptions report = new ReportOptions();

    @Mixin
    BenchOptions bench = new BenchOptions();

    @Mixin
    PlaybookOptions playbook = new PlaybookOptions();

    @Mixin
    TargetOptions connection = new TargetOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        if (target.isPresent() == fromFile.isPresent()) {
            throw new DeployException(
                    ExitCode.USAGE,
                    target.isPresent() ? "A target and --from-file can't be given together." : "No box was named.",
                    "Name a TARGET, or give --from-file FILE with what its provider sent.");
        }
        report.check();
        bench.agree(output, report.language, target);
        Work work = Work.read(Home.find(), playbook, target, connection);
        WholeCatalogue catalogue = new WholeCatalogue(
                Catalogue.load(), new Deploy(work.playbook().steps(), work.values()), ForwardClock.SYSTEM);
        Inspection inspection = fromFile.isPresent() ? ofFile(catalogue, fromFile.get()) : ofBox(catalogue, work);
        return show(inspection).status();
    }

    private Inspection ofFile(WholeCatalogue catalogue, Path file) {
        String name = isStandardInput(file) ? "standard input" : file.toString();
        PastedText pasted = PastedText.of(text(file));
        name(pasted);
        if (pasted.evidence().outputs().isEmpty()) {
            throw new DeployException(
                    ExitCode.USAGE,
                    name + " holds nothing that is recognised.",
                    "It may hold what 'nvidia-smi -q -x', 'nvidia-smi', 'nvidia-smi -L', 'lscpu', 'free', 'df' and the"
                            + " like print, one after another.");
        }
        return catalogue.inspect(
                name, pasted.note().stream().toList(), pasted.evidence().withQuick());
    }

    /** Lines that were not read are named, so that nobody takes them for judged. */
    private void name(PastedText pasted) {
        boolean russian = report.language == Language.RU;
        String mark = russian ? "Не распознано: " : "Not recognised: ";
        pasted.unknown().forEach(line -> output.err().println(mark + SafeText.of(line)));
        if (pasted.more() > 0) {
            output.err().println(mark + (russian ? "ещё строк: " + pasted.more() : pasted.more() + " more lines"));
        }
        pasted.note().ifPresent(note -> output.err().println(SafeText.of(note.in(report.language))));
    }

    /** Whatever its bytes are; what is beyond the limit of such a text is left out. */
    private static String text(Path file) {
        try (InputStream in = isStandardInput(file) ? System.in : Files.newInputStream(file)) {
            return PastedText.decoded(in.readNBytes(PastedText.MAX_CHARS));
        } catch (IOException e) {
            throw new DeployException(
                    ExitCode.USAGE,
                    "The file " + file + " can't be read"
                            + (Files.isDirectory(file)
                                    ? ": it is a directory."
                                    : Files.exists(file) ? "." : ": there is no such file."),
                    "Name a text with what the provider sent.",
                    e);
        }
    }

    private static boolean isStandardInput(Path file) {
        return file.toString().equals("-");
    }

    private Inspection ofBox(WholeCatalogue catalogue, Work work) {
        Connection to = Connection.to(work, connection, playbook, output);
        List<Probe> probes = Probes.all().stream()
                .filter(probe -> !Evidence.isQuick(probe.id()))
                .toList();
        try (Box box = to.connect()) {
            if (output.terminal().live()) {
                output.err()
                        .println("Looking at " + box.label() + " and trying its downloads: at most "
                                + ProbeEntries.limit(probes).toSeconds() + " s ...");
            }
            Survey survey = to.surveyor(work).state(box, Requirements.request(probes, work.values()));
            Evidence seen = ProbeEntries.evidence(probes, survey.probes());
            Evidence evidence = seen.and(bench.measure(box, survey.state(), seen, output, report.language));
            return catalogue.inspect(box.label(), evidence.withQuick());
        }
    }

    private ExitCode show(Inspection inspection) {
        report.markdown.ifPresent(
                file -> ReportFile.write(file, InspectionMarkdown.of(inspection, report.language), "--markdown"));
        report.html.ifPresent(file -> ReportFile.write(file, InspectionHtml.of(inspection, report.language), "--html"));
        if (output.json) {
            output.out().println(Json.pretty(InspectionJson.of(inspection, report.language)));
        } else {
            int columns = Boards.size().columns();
            new InspectionPrinter(output.terminal().style(), report.language, columns, output.verbose)
                    .lines(inspection, next())
                    .forEach(output.out()::println);
        }
        return Standing.of(inspection).fit() == Standing.Fit.NO ? ExitCode.UNFIT : ExitCode.OK;
    }

    /** What a person may want next, unless it was just asked for. */
    private List<NextCommand> next() {
        String lang = report.language == Language.RU ? " --lang ru" : "";
        String box = target.map(Again::quoted)
                .orElseGet(() -> "--from-file "
                        + fromFile.map(Path::toString).map(Again::quoted).orElse(""));
        List<NextCommand> next = new ArrayList<>(List.of(NextCommand.questions(Called.name() + " questions" + lang)));
        // What came by standard input can't be read again.
        if (report.html.isEmpty()
                && fromFile.filter(InspectCommand::isStandardInput).isEmpty()) {
            Again again = new Again();
            playbook.addTo(again);
            target.ifPresent(named -> connection.addTo(again));
            next.add(NextCommand.html(Called.name() + " inspect " + box + again + lang + " --html report.html"));
        }
        return next;
    }
}
