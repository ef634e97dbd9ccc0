package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.plan.SavedPlan;
import dev.flashvsr.deploy.plan.Selection;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.relay.RelayedHosts;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plan, ask, run, follow to the end. */
@Command(
        name = "up",
        description = "Brings the box to where the playbook wants it, and goes on where an earlier run stopped.")
final class UpCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TARGET", description = Usage.TARGET)
    String target = "";

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = "Run exactly the plan that 'plan --out FILE' saved; refused when the box has changed since.")
    Optional<Path> plan = Optional.empty();

    @Mixin
    PlaybookOptions playbook = new PlaybookOptions();

    @Mixin
    SelectionOptions selection = new SelectionOptions();

    @Mixin
    RequireOptions require = new RequireOptions();

    @Mixin
    RelayOptions relay = new RelayOptions();

    @Mixin
    RunOptions run = new RunOptions();

    @Mixin
    CacheOptions cache = new CacheOptions();

    @Mixin
    TargetOptions connection = new TargetOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws InterruptedException {
        Work work = Work.read(Home.find(), playbook, Optional.of(target), connection);
        LocalState local = LocalState.open(output);
        if (plan.isEmpty()) {
            Connection box = Connection.to(work, connection, playbook, output, planned(selection.selection()));
            return flow(work, box, local).up(selection.selection()).status();
        }
        if (!selection.selection().equals(Selection.ALL) || !playbook.set.isEmpty()) {
            throw new DeployException(
                    ExitCode.USAGE,
                    "--plan can't be given together with --only, --from, --force or --set.",
                    "The saved plan holds them already; to change them, save another plan.");
        }
        SavedPlan saved = PlanView.saved(plan.get());
        // What it holds differs from what the other options say, so the commands to go on with must say it.
        saved.values().forEach((name, value) -> {
            if (!value.equals(work.values().get(name))) {
                playbook.set.add(name + "=" + value);
            }
        });
        Connection box = Connection.to(work, connection, playbook, output, planned(saved.selection()));
        Work asSaved = work.with(saved.values());
        return flow(asSaved, box, local)
                .upAsSaved(new UpFlow.SavedFile(plan.get(), saved))
                .status();
    }

    private UpFlow flow(Work work, Connection box, LocalState local) {
        RelayedHosts hosts = relay.hosts(work);
        return new UpFlow(
                work,
                box,
                local,
                run,
                output,
                Requirements.of(work, require.ignore, hosts),
                Relaying.of(hosts, local),
                local.products(cache, work, !run.yes));
    }

    private Again planned(Selection selected) {
        return cache.addTo(relay.addTo(require.addTo(new Again().with(selected))));
    }
}
