package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.checkpoint.Journal;
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
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.progress.SafeText;
import dev.flashvsr.deploy.secret.Redactor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A run from when it is agreed to until its end: what goes to the box before it, the run itself, and what comes of it. */
final class RunFlow {
    private final Work work;
    private final Connection connection;
    private final LocalState local;
    private final RunOptions options;
    private final OutputOptions output;
    private final Relaying relaying;
    private final ProductFlow products;
    private final Optional<Price> price;

    RunFlow(
            Work work,
            Connection connection,
            LocalState local,
            RunOptions options,
            OutputOptions output,
            Relaying relaying,
            ProductFlow products) {
        this.work = work;
        this.connection = connection;
        this.local = local;
        this.options = options;
        this.output = output;
        this.relaying = relaying;
        this.products = products;
        this.price = work.price();
    }

    /**
     * Starts it, or joins it, and follows it.
     *
     * @param lines of the plan, for those who are told of it; none where it is not known
     * @throws DeployException if a run with another plan holds the box by now
     */
    ExitCode run(
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
                throw Busy.byAnotherPlan(busy.holder(), connection);
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

    /** What a box has that is not here, though it needs no run: say of one that nobody followed. */
    void bringHome(Handed handed, Plan plan, Survey survey, Interrupt interrupt) throws InterruptedException {
        if (products.isNewThere(plan, survey)) {
            try (Following following = follow(plan, survey.state(), interrupt)) {
                products.bringHome(context(following, survey.state()), handed::over, plan, survey, new RanSteps());
            }
        }
    }

    /** Tells programs that there is no run. */
    ExitCode nothingToDo(Plan plan, BoxState state, String label, List<Finding> findings) {
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
}
