package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.checkpoint.History;
import dev.flashvsr.deploy.console.StatusPrinter;
import dev.flashvsr.deploy.engine.Survey;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.PlannedStep;
import dev.flashvsr.deploy.plan.Planner;
import dev.flashvsr.deploy.plan.Selection;
import dev.flashvsr.deploy.problem.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is installed, runs, drifted. */
@Command(name = "status", description = "Says what is installed on the box, what runs, and what has drifted.")
final class StatusCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TARGET", description = Usage.TARGET)
    String target = "";

    @Option(names = "--deep", description = "Hash large files again instead of trusting size and time.")
    boolean deep;

    @Mixin
    PlaybookOptions playbook = new PlaybookOptions();

    @Mixin
    TargetOptions connection = new TargetOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Work work = Work.read(Home.find(), playbook, Optional.of(target), connection);
        Planner planner = Planner.of(work.playbook(), work.values(), Selection.ALL);
        LocalState local = LocalState.open(output);
        Connection to = Connection.to(work, connection, playbook, output);
        try (Box box = to.connect()) {
            if (deep && output.terminal().live()) {
                output.err().println("Hashing the large files on " + box.label() + "; that may take minutes ...");
            }
            CompletableFuture<History> history = local.history(work);
            Survey survey = to.surveyor(work).survey(box, deep);
            Plan plan = planner.plan(survey.state(), history.join());
            if (output.json) {
                output.out().println(StatusJson.of(box.label(), survey.state(), plan));
            } else {
                // What only a deep look finds, the checks of a run would not.
                List<String> found = deep
                        ? plan.steps().stream()
                                .filter(PlannedStep::drifted)
                                .map(PlannedStep::id)
                                .toList()
                        : List.of();
                new StatusPrinter(output.terminal().style(), to.hints().forcing(found))
                        .lines(box.label(), survey.state(), plan)
                        .forEach(output.out()::println);
            }
            return ExitCode.OK.status();
        }
    }
}
