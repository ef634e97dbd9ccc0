package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.checkpoint.Attempt;
import dev.flashvsr.deploy.engine.Survey;
import dev.flashvsr.deploy.event.EventJson;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.plan.BoxState;
import dev.flashvsr.deploy.plan.LastRun;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads the log of a step's latest attempt. */
@Command(name = "logs", description = "Prints the log of a step's latest attempt.")
final class LogsCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TARGET", description = Usage.TARGET)
    String target = "";

    @Parameters(index = "1", paramLabel = "STEP", description = "The step's id.")
    String step = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the attempt ends.")
    boolean follow;

    @Mixin
    PlaybookOptions playbook = new PlaybookOptions();

    @Mixin
    TargetOptions connection = new TargetOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Work work = Work.read(Home.find(), playbook, Optional.of(target), connection);
        Usage.knownStep(work, "logs", step);
        Connection to = Connection.to(work, connection, playbook, output);
        try (Box box = to.connect()) {
            Survey survey = to.surveyor(work).state(box);
            BoxState state = survey.state();
            Attempt attempt = state.step(step)
                    .attempt()
                    .orElseThrow(() -> new DeployException(
                            ExitCode.FAILED,
                            "The step " + step + " has no log on " + box.label() + ": nothing was run for it yet.",
                            "'" + to.hints().status() + "' says how it stands."));
            String watched = state.lastRun().map(LastRun::name).orElse(attempt.run());
            to.logReader(work, state).read(box, state.root(), attempt, step, watched, follow, this::show);
            return ExitCode.OK.status();
        }
    }

    private void show(String line) {
        output.out()
                .println(
                        output.json
                                ? Json.compact(EventJson.of(new RunEvent.StepOutput(Instant.now(), step, line)))
                                : line);
    }
}
