package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.checkpoint.Journal;
import dev.flashvsr.deploy.console.BoxLine;
import dev.flashvsr.deploy.console.JsonView;
import dev.flashvsr.deploy.console.Price;
import dev.flashvsr.deploy.engine.Context;
import dev.flashvsr.deploy.engine.Deployment;
import dev.flashvsr.deploy.engine.Result;
import dev.flashvsr.deploy.engine.Survey;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.inspect.Finding;
import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.plan.BoxState;
import dev.flashvsr.deploy.plan.Holder;
import dev.flashvsr.deploy.plan.LastRun;
import dev.flashvsr.deploy.plan.MissingNeedsException;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.Planner;
import dev.flashvsr.deploy.plan.SavedPlan;
import dev.flashvsr.deploy.plan.Selection;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.products.Offers;
import dev.flashvsr.deploy.progress.SafeText;
import dev.flashvsr.deploy.relay.RelayPlan;
import dev.flashvsr.deploy.relay.RelayedHosts;
import dev.flashvsr.deploy.secret.Redactor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** From what the user wrote to a run's end: look, plan, show, ask, run, follow. */
final class UpFlow {
    private final Work work;
    private final Connection connection;
    private final LocalState local;
    private final RunOptions options;
    private final OutputOptions output;
    private final Requirements requirements;
    private final Relaying relaying;
    private final ProductFlow products;
    private final Optional<Price> price;

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
        this.price = work.price();
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
        requirements.readAhead();
        try (Interrupt interrupt = Interrupt.watch(output.err(), "Nothing was changed.");
                Handed handed = new Handed(connection.connect())) {
            Box box = handed.box();
            Survey survey = connection.surveyor(work).survey(box, requirements.probes());
            Optional<Holder> holder = survey.state().holder().filter(Holder::alive);
            Plan wanted = plan(selection, survey.state(), holder);
            refuseUnlessFree(wanted, holder, saved);
            Plan plan = holder.isEmpty() ? connection.afterTaking(wanted, box, survey.state()) : wanted;
            List<Finding> findings = holder.isEmpty() ? requirements.findings(survey, plan) : List.of();
            Beforehand first = holder.isEmpty() ? beforehand(box, plan, survey) : Beforehand.NONE;
            if (holder.isEmpty()) {
                announce(plan, survey.state(), box.label(), findings, first);
                requirements.insist(findings, plan, connection);
                if (plan.isEmpty()) {
                    bringHome(handed, plan, survey, interrupt);
                    return nothingToDo(plan, survey.state(), box.label(), findings);
                }
                if (!options.yes) {
                    ask(box.label());
                }
            }
            return run(
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

    private Plan plan(Selection selection, BoxState state, Optional<Holder> holder) {
        try {
            return Planner.plan(work.playbook(), work.values(), selection, state, local.history(work));
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

    /** Follows the run that holds the box. */
    ExitCode attach() throws InterruptedException {
        try (Interrupt interrupt = Interrupt.watch(output.err(), "Nothing was changed.");
                Handed handed = new Handed(connection.connect())) {
            Survey survey = connection.surveyor(work).state(handed.box());
            Optional<Holder> holder = survey.state().holder().filter(Holder::alive);
            if (holder.isEmpty()) {
                throw nothingToFollow(handed.box().label(), survey.state());
            }
            if (Busy.isClean(holder.get())) {
                throw busy(holder.get());
            }
            Plan plan =
                    Planner.plan(work.playbook(), work.values(), Selection.ALL, survey.state(), local.history(work));
            // No check was asked, so what is known of the run is its steps, and that only if its plan is ours.
            List<RunEvent.PlanLine> lines =
                    holder.get().plan().equals(plan.identity()) ? PlanLines.unasked(plan) : List.of();
            String run = holder.get().run();
            return run(
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

    /** What goes to the box before a run: what it can't fetch well, and what was built before. */
    private record Beforehand(RelayPlan relayed, Offers offers) {
        static final Beforehand NONE = new Beforehand(RelayPlan.NONE, Offers.NONE);
    }

    private Beforehand beforehand(Box box, Plan plan, Survey survey) {
        Offers offers = products.offers(box, plan, survey);
        return new Beforehand(relaying.ask(box, plan, connection.stepFunctions(), offers), offers);
    }

    /** What a box has that is not here, though it needs no run: say of one that nobody followed. */
    private void bringHome(Handed handed, Plan plan, Survey survey, Interrupt interrupt) throws InterruptedException {
        if (products.isNewThere(plan, survey)) {
            try (Following following = follow(plan, survey.state(), interrupt)) {
                products.bringHome(context(following, survey.state()), handed::over, plan, survey, new RanSteps());
            }
        }
    }

    private void announce(Plan plan, BoxState state, String label, List<Finding> findings, Beforehand first) {
        PlanView view = new PlanView(output, price);
        if (!output.json) {
            view.lines(first.offers().announced(plan), Optional.of(BoxLine.of(label, state)))
                    .forEach(output.out()::println);
        }
        view.requirements(findings);
        view.notes(PlanNotes.of(work, state, System.getenv()));
        view.notes(relaying.notes(first.relayed(), options.detach));
        view.notes(first.offers().troubles());
    }

    private ExitCode nothingToDo(Plan plan, BoxState state, String label, List<Finding> findings) {
        if (output.json) {
            JsonView json = new JsonView(output.out()::println);
            Instant now = ForwardClock.SYSTEM.instant();
            json.on(inspected(now, label, state, findings));
            json.on(new RunEvent.PlanReady(now, PlanLines.of(plan)));
            json.on(new RunEvent.RunFinished(now, "", "ok", Duration.ZERO, cost(Duration.ZERO)));
        }
        return ExitCode.OK;
    }

    private static RunEvent inspected(Instant at, String label, BoxState state, List<Finding> findings) {
        return new RunEvent.BoxInspected(
                at,
                label,
                state.root(),
                state.rootWhy(),
                state.facts(),
                findings.stream()
                        .map(finding -> new RunEvent.Found(
                                finding.requirement().id(),
                                finding.verdict().name(),
                                SafeText.of(finding.says().in(Language.EN)),
                                finding.curedBy()))
                        .toList());
    }

    private void ask(String label) {
        TerminalPrompt person = new TerminalPrompt();
        if (output.json || !person.attended()) {
            throw new DeployException(
                    ExitCode.USAGE,
                    "Nothing was changed: "
                            + (output.json ? "--json asks nothing" : "without a terminal nobody can agree") + ".",
                    "Give --yes to run the plan without a question.");
        }
        if (!person.yes("Change " + label + " as shown?")) {
            throw new DeployException(ExitCode.USAGE, "Nothing was changed: the plan was not agreed to.", "");
        }
    }

    private ExitCode run(
            Handed handed,
            Survey survey,
            Plan plan,
            List<RunEvent.PlanLine> lines,
            List<Finding> findings,
            Interrupt interrupt,
            Beforehand first,
            Start start)
            throws InterruptedException {
        Instant begin = ForwardClock.SYSTEM.instant();
        BoxState state = survey.state();
        try (Following following = follow(plan, state, interrupt)) {
            RanSteps ran = new RanSteps();
            following.alsoTo(ran);
            String label = handed.box().label();
            following.on(inspected(begin, label, state, findings));
            if (!lines.isEmpty()) {
                following.on(new RunEvent.PlanReady(begin, lines));
            }
            Context context = context(following, state);
            Box relayed = relaying.run(
                    context,
                    handed.over(),
                    plan,
                    first.relayed(),
                    interrupt,
                    connection.hints().again());
            Box box = products.send(first.offers(), context, relayed, plan);
            interrupt.says(
                    "The run may have begun on the box: '" + connection.hints().status() + "' says so.");
            Result result = start.with(new Deployment(context), box);
            if (result instanceof Result.Busy busy) {
                throw busy(busy.holder());
            }
            if (result instanceof Result.GoesOn goesOn && !options.detach) {
                following.on(new RunEvent.Notice(ForwardClock.SYSTEM.instant(), goesOn.why()));
            }
            if (result instanceof Result.Ended) {
                interrupt.says("The run on the box is over; what it made was not all brought here yet.");
                products.bringHome(context, connection::connect, plan, survey, ran);
            }
            Duration took = Duration.between(begin, ForwardClock.SYSTEM.instant());
            following.on(new RunEvent.RunFinished(
                    ForwardClock.SYSTEM.instant(), result.run(), result.word(), took, cost(took)));
            following.trouble().ifPresent(output.err()::println);
            return exitCode(result);
        }
    }

    private Following follow(Plan plan, BoxState state, Interrupt interrupt) {
        Journal journal = local.journals().of(plan.boxId());
        journal.begin(ForwardClock.SYSTEM.instant(), work.playbook().name(), state.likeness());
        return new Following(output, journal, connection.hints(), price, interrupt);
    }

    private Context context(Following following, BoxState state) {
        Redactor redactor = connection.redactor(work, state);
        return connection.context(work, following, redactor, options.follow.reconnectLimit);
    }

    private static ExitCode exitCode(Result result) {
        if (result instanceof Result.Ended ended) {
            return ended.word().equals("ok") ? ExitCode.OK : ExitCode.FAILED;
        }
        return ExitCode.DETACHED;
    }

    private OptionalDouble cost(Duration took) {
        return price.map(known -> OptionalDouble.of(known.perHour() * took.toMillis() / 3_600_000.0))
                .orElse(OptionalDouble.empty());
    }

    private DeployException busy(Holder holder) {
        return Busy.by(holder, "a run with another plan", connection);
    }
}
