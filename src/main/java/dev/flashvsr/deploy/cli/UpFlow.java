package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.checkpoint.History;
import dev.flashvsr.deploy.console.BoxLine;
import dev.flashvsr.deploy.engine.Survey;
import dev.flashvsr.deploy.inspect.Finding;
import dev.flashvsr.deploy.plan.BoxState;
import dev.flashvsr.deploy.plan.Disclosure;
import dev.flashvsr.deploy.plan.Holder;
import dev.flashvsr.deploy.plan.MissingNeedsException;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.Planner;
import dev.flashvsr.deploy.plan.SavedPlan;
import dev.flashvsr.deploy.plan.Selection;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.products.Offers;
import dev.flashvsr.deploy.relay.RelayedHosts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** From what the user wrote to an agreed plan: look, plan, show, ask. {@link RunFlow} does the rest. */
final class UpFlow {
    private final Work work;
    private final Connection connection;
    private final LocalState local;
    private final RunOptions options;
    private final OutputOptions output;
    private final Requirements requirements;
    private final Relaying relaying;
    private final ProductFlow products;
    private final RunFlow flow;

    UpFlow(
            Work work,
            Connection connection,
            LocalState local,
            RunOptions options,
            OutputOptions output,
            Requirements requirements,
            ProductFlow products) {
        this(work, connection, local, options, output, requirements, Relaying.of(RelayedHosts.NONE, local), products);
    }

    UpFlow(
            Work work,
            Connection connection,
            LocalState local,
            RunOptions options,
            OutputOptions output,
            Requirements requirements,
            Relaying relaying,
            ProductFlow products) {
        this.relaying = relaying;
        this.requirements = requirements;
        this.products = products;
        this.work = work;
        this.connection = connection;
        this.local = local;
        this.options = options;
        this.output = output;
        this.flow = new RunFlow(work, connection, local, options, output, relaying, products);
    }

    /** Plan, ask, run, follow. */
    ExitCode up(Selection selection) throws InterruptedException {
        return up(selection, Optional.empty());
    }

    /** The same for what a saved plan is about, and only if the box is still as that plan saw it, or that plan runs. */
    ExitCode upAsSaved(SavedFile saved) throws InterruptedException {
        return up(saved.plan().selection(), Optional.of(saved));
    }

    /** A plan and the file that it was saved in. */
    record SavedFile(Path file, SavedPlan plan) {}

    private ExitCode up(Selection selection, Optional<SavedFile> saved) throws InterruptedException {
        Planner planner = Planner.of(work.playbook(), work.values(), selection);
        requirements.readAhead();
        try (Interrupt interrupt = Interrupt.watch(output.err(), "Nothing was changed.");
                Handed handed = new Handed(connection.connect())) {
            Box box = handed.box();
            CompletableFuture<History> history = local.history(work);
            Survey survey = connection.surveyor(work).survey(box, requirements.probes());
            Optional<Holder> holder = survey.state().holder().filter(Holder::alive);
            Plan wanted = plan(planner, survey.state(), history.join(), holder);
            refuseUnlessFree(wanted, holder, saved);
            Plan plan = holder.isEmpty() ? connection.afterTaking(wanted, box, survey.state()) : wanted;
            List<Finding> findings = holder.isEmpty() ? requirements.findings(survey, plan) : List.of();
            Beforehand first = holder.isEmpty() ? beforehand(box, plan, survey) : Beforehand.NONE;
            if (holder.isEmpty()) {
                announce(plan, survey.state(), box.label(), findings, first);
                requirements.insist(findings, plan, connection);
                if (plan.isEmpty()) {
                    flow.bringHome(handed, plan, survey, interrupt);
                    return flow.nothingToDo(plan, survey.state(), box.label(), findings);
                }
                if (!options.yes) {
                    ask(box.label(), Disclosure.of(plan, System.getenv()), first.offers());
                }
                products.agree(first.offers());
            }
            return flow.run(
                    handed,
                    survey,
                    plan,
                    PlanLines.of(first.offers().announced(plan)),
                    findings,
                    interrupt,
                    first,
                    Start.of(options.detach, plan, survey, holder));
        }
    }

    private Plan plan(Planner planner, BoxState state, History history, Optional<Holder> holder) {
        try {
            return planner.plan(state, history);
        } catch (MissingNeedsException e) {
            // What is missing may be what the other run is about to do.
            throw holder.map(this::busy).orElse(e);
        }
    }

    /** The box changes while a plan runs: a saved one that is running is not held against what its own run did. */
    private void refuseUnlessFree(Plan plan, Optional<Holder> holder, Optional<SavedFile> saved) {
        Optional<String> running = holder.map(Holder::plan);
        String wanted = saved.map(from -> from.plan().identity()).orElse(plan.identity());
        if (running.isPresent() && !running.get().equals(wanted)) {
            throw busy(holder.get());
        }
        if (saved.isPresent() && !running.equals(Optional.of(plan.identity()))) {
            PlanView.refuseUnlessSame(saved.get().file(), saved.get().plan(), plan);
        }
    }

    private Beforehand beforehand(Box box, Plan plan, Survey survey) {
        Offers offers = products.offers(box, plan, survey);
        return new Beforehand(relaying.ask(box, plan, connection.stepFunctions(), offers), offers);
    }

    private void announce(Plan plan, BoxState state, String label, List<Finding> findings, Beforehand first) {
        PlanView view = new PlanView(output, work.price());
        if (!output.json) {
            view.lines(first.offers().announced(plan), Optional.of(BoxLine.of(label, state)))
                    .forEach(output.out()::println);
        }
        view.disclosure(Disclosure.of(plan, System.getenv()));
        view.requirements(findings);
        view.notes(PlanNotes.of(work, state, System.getenv()));
        view.notes(relaying.notes(first.relayed(), options.detach));
        view.notes(first.offers().troubles());
    }

    private void ask(String label, Disclosure sends, Offers offers) {
        TerminalPrompt person = new TerminalPrompt();
        if (output.json || !person.attended()) {
            throw new DeployException(
                    ExitCode.USAGE,
                    "Nothing was changed: "
                            + (output.json ? "--json asks nothing" : "without a terminal nobody can agree") + ".",
                    "Give --yes to run the plan without a question.");
        }
        String sent = sends.secrets().isEmpty()
                ? ""
                : ", and send it "
                        + String.join(", ", new TreeSet<>(sends.secrets().keySet()));
        String kept = offers.builders()
                .map(built -> ", with what is kept here (" + built + ")")
                .orElse("");
        if (!person.yes("Change " + label + " as shown" + kept + sent + "?")) {
            throw new DeployException(ExitCode.USAGE, "Nothing was changed: the plan was not agreed to.", "");
        }
    }

    private DeployException busy(Holder holder) {
        return Busy.byAnotherPlan(holder, connection);
    }
}
