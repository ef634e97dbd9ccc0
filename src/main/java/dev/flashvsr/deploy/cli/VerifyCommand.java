package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.plan.MissingNeedsException;
import dev.flashvsr.deploy.plan.Selection;
import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs the verification anew. */
@Command(
        name = "verify",
        description = "Runs the playbook's verification anew, such as the smoke super-resolution run.")
final class VerifyCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TARGET", description = Usage.TARGET)
    String target = "";

    @Mixin
    PlaybookOptions playbook = new PlaybookOptions();

    @Mixin
    RunOptions run = new RunOptions();

    @Mixin
    TargetOptions connection = new TargetOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws InterruptedException {
        Work work = Work.read(Home.find(), playbook, Optional.of(target), connection);
        List<String> marked = work.playbook().steps().stream()
                .filter(Step::verify)
                .map(Step::id)
                .toList();
        if (marked.isEmpty()) {
            throw new DeployException(
                    ExitCode.USAGE,
                    "The playbook " + work.playbook().name()
                            + " has nothing to verify: no step is marked 'verify: true'.",
                    "Mark the step that proves the result.");
        }
        // Asking was done by the command's name: it runs what it says and installs nothing.
        run.yes = true;
        LocalState local = LocalState.open(output);
        Connection box = Connection.to(work, connection, playbook, output);
        try {
            return new UpFlow(
                            work,
                            box,
                            local,
                            run,
                            output,
                            Requirements.NONE,
                            local.products(new CacheOptions(), work, !run.yes))
                    .up(Selection.anew(marked))
                    .status();
        } catch (MissingNeedsException e) {
            throw new DeployException(
                    ExitCode.FAILED,
                    "There is nothing to verify yet: a step that the verification needs is not as wanted: "
                            + e.missing(),
                    "'" + box.hints().again() + "' brings the box there, and verifies it.",
                    e);
        }
    }
}
