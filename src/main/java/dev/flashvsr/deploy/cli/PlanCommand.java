package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.checkpoint.History;
import dev.flashvsr.deploy.console.BoxLine;
import dev.flashvsr.deploy.engine.Survey;
import dev.flashvsr.deploy.inspect.Finding;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.Planner;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.products.Offers;
import dev.flashvsr.deploy.relay.RelayedHosts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Connects, reads only, and prints the plan. */
@Command(name = "plan", description = "Shows what 'up' would do, without changing anything.")
final class PlanCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TARGET",
            description = "The box; may be left out with --offline.")
    Optional<String> target = Optional.empty();

    @Option(names = "--offline", description = "Needs no box, and connects to none.")
    boolean offline;

    @Option(names = "--out", paramLabel = "FILE", description = "Saves the plan for 'up --plan FILE'.")
    Optional<Path> out = Optional.empty();

    @Option(names = "--detailed-exitcode", description = "Exit with 10 when there are changes to make.")
    boolean detailedExitCode;

    @Mixin
    PlaybookOptions playbook = new PlaybookOptions();

    @Mixin
    SelectionOptions selection = new SelectionOptions();

    @Mixin
    RequireOptions require = new RequireOptions();

    @Mixin
    RelayOptions relay = new RelayOptions();

    @Mixin
    CacheOptions cache = new CacheOptions();

    @Mixin
    TargetOptions connection = new TargetOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Home home = Home.find();
        Work work = offline
                ? Work.read(home, playbook, target)
                : Work.read(home, playbook, Optional.of(Usage.target(target)), connection);
        Planner planner = Planner.of(work.playbook(), work.values(), selection.selection());
        RelayedHosts hosts = relay.hosts(work);
        Requirements requirements = Requirements.of(work, require.ignore, hosts);
        PlanView view = new PlanView(output, work.price());
        if (offline) {
            if (!hosts.isNone()) {
                throw new DeployException(
                        ExitCode.USAGE,
                        "--relay can't be given together with --offline.",
                        "What goes through this machine depends on what the box has already: leave --offline out.");
            }
            Plan plan = planner.offline();
            view.show(plan, Optional.empty(), out);
            return exit(plan);
        }
        LocalState local = LocalState.open(output);
        Connection to = Connection.to(work, connection, playbook, output);
        requirements.readAhead();
        try (Box box = to.connect()) {
            CompletableFuture<History> history = local.history(work);
            Survey survey = to.surveyor(work).survey(box, requirements.probes());
            Plan plan = to.afterTaking(planner.plan(survey.state(), history.join()), box, survey.state());
            Offers offers = local.products(cache, work, true).offers(box, plan, survey);
            view.show(offers.announced(plan), Optional.of(BoxLine.of(box.label(), survey.state())), out);
            List<Finding> findings = requirements.findings(survey, plan);
            view.requirements(findings);
            view.notes(PlanNotes.of(work, survey.state(), System.getenv()));
            Relaying relaying = Relaying.of(hosts, local);
            view.notes(relaying.notes(relaying.ask(box, plan, to.stepFunctions(), offers), false));
            view.notes(offers.troubles());
            requirements.insist(findings, plan, to);
            return exit(plan);
        }
    }

    private int exit(Plan plan) {
        return (detailedExitCode && !plan.isAsWanted() ? ExitCode.CHANGES : ExitCode.OK).status();
    }
}
