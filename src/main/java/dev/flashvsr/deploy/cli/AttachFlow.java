package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.checkpoint.History;
import dev.flashvsr.deploy.engine.Survey;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.plan.BoxState;
import dev.flashvsr.deploy.plan.Holder;
import dev.flashvsr.deploy.plan.LastRun;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.Planner;
import dev.flashvsr.deploy.plan.Selection;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.relay.RelayedHosts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Follows a run that is there, whoever started it. */
final class AttachFlow {
    private final Work work;
    private final Connection connection;
    private final LocalState local;
    private final OutputOptions output;
    private final RunFlow flow;

    AttachFlow(
            Work work,
            Connection connection,
            LocalState local,
            RunOptions options,
            OutputOptions output,
            ProductFlow products) {
        this.work = work;
        this.connection = connection;
        this.local = local;
        this.output = output;
        this.flow =
                new RunFlow(work, connection, local, options, output, Relaying.of(RelayedHosts.NONE, local), products);
    }

    /** Follows the run that holds the box. */
    ExitCode attach() throws InterruptedException {
        try (Interrupt interrupt = Interrupt.watch(output.err(), "Nothing was changed.");
                Handed handed = new Handed(connection.connect())) {
            CompletableFuture<History> history = local.history(work);
            Survey survey = connection.surveyor(work).state(handed.box());
            Optional<Holder> holder = survey.state().holder().filter(Holder::alive);
            if (holder.isEmpty()) {
                throw nothingToFollow(handed.box().label(), survey.state());
            }
            if (Busy.isClean(holder.get())) {
                throw Busy.byAnotherPlan(holder.get(), connection);
            }
            Plan plan =
                    Planner.of(work.playbook(), work.values(), Selection.ALL).plan(survey.state(), history.join());
            // No check was asked, so what is known of the run is its steps, and that only if its plan is ours.
            List<RunEvent.PlanLine> lines =
                    holder.get().plan().equals(plan.identity()) ? PlanLines.unasked(plan) : List.of();
            String run = holder.get().run();
            return flow.run(
                    handed,
                    survey,
                    plan,
                    lines,
                    List.of(),
                    interrupt,
                    Beforehand.NONE,
                    (deployment, box) -> deployment.attach(box, plan, run, survey));
        }
    }

    private DeployException nothingToFollow(String label, BoxState state) {
        Optional<LastRun> last = state.lastRun();
        boolean cutOff = last.isPresent() && last.get().end().isEmpty();
        String newest = last.flatMap(run -> run.end()
                        .map(end -> " Its newest run, " + run.name() + ", is over: " + (end.equals("ok") ? "done" : end)
                                + "."))
                .orElse("");
        return cutOff
                ? new DeployException(
                        ExitCode.FAILED,
                        "Nobody works on the run " + last.get().name() + " on " + label + ", in " + state.root()
                                + ", any more: its runner is gone without an end of it.",
                        "'" + connection.hints().again() + "' takes over what still runs, and goes on.")
                : new DeployException(
                        ExitCode.FAILED,
                        "Nothing runs on " + label + " below " + state.root() + "." + newest,
                        "'" + connection.hints().status() + "' says how it stands.");
    }
}
