package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.engine.Context;
import dev.flashvsr.deploy.engine.Dial;
import dev.flashvsr.deploy.engine.OverLink;
import dev.flashvsr.deploy.engine.Survey;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.plan.Action;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.PlannedStep;
import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.products.CacheHarvest;
import dev.flashvsr.deploy.products.CacheOffers;
import dev.flashvsr.deploy.products.CacheTerms;
import dev.flashvsr.deploy.products.LocalCache;
import dev.flashvsr.deploy.products.Offers;
import dev.flashvsr.deploy.products.Results;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What travels beside a run: what was built before to the box, what it builds and its results from there. */
final class ProductFlow {
    private final Optional<LocalCache> cache;
    private final CacheTerms terms;
    private final Path results;

    /** {@code cache}: empty where none is wanted; {@code results}: where those of all boxes lie. */
    ProductFlow(Optional<LocalCache> cache, CacheTerms terms, Path results) {
        this.cache = cache;
        this.terms = terms;
        this.results = results;
    }

    /** What this machine has for steps that will run; asks the box only where there may be something. */
    Offers offers(Box box, Plan plan, Survey survey) {
        return cache.map(here -> new CacheOffers(here, terms, new SecureRandom(), ForwardClock.SYSTEM)
                        .find(box, plan, survey.caches()))
                .orElse(Offers.NONE);
    }

    /** The user has agreed to what is offered. */
    void agree(Offers offers) {
        cache.ifPresent(here -> new CacheOffers(here, terms, new SecureRandom(), ForwardClock.SYSTEM).agree(offers));
    }

    /** Takes it to the box, and gives back the connection that is alive then. Takes the box over. */
    Box send(Offers offers, Context context, Box box, Plan plan) throws InterruptedException {
        if (offers.offers().isEmpty()) {
            return box;
        }
        try (OverLink link = new OverLink(context, box)) {
            new CacheOffers(cache.orElseThrow(), terms, context.random(), context.clock())
                    .send(offers, link, plan.root().orElseThrow(), context.listener());
            return link.handOver();
        }
    }

    /** Whether the box has entries that are not here, of steps that need not run. */
    boolean isNewThere(Plan plan, Survey survey) {
        return plan.steps().stream().anyMatch(step -> isAsWanted(step) && isNewThere(step.step(), survey));
    }

    private boolean isNewThere(Step step, Survey survey) {
        return step.products()
                .cache()
                .filter(of -> cache.isPresent()
                        && cache.get().lacks(of, survey.caches().getOrDefault(of, Set.of())))
                .isPresent();
    }

    /**
     * Brings here what steps have built and their results. What does not come is told, and is no failure of the run.
     *
     * @param dial to the box; called only where there is something to be had
     * @param ran what happened in the run that is over
     */
    void bringHome(Context context, Dial dial, Plan plan, Survey survey, RanSteps ran) throws InterruptedException {
        List<PlannedStep> built = cache.isEmpty()
                ? List.of()
                : plan.steps().stream()
                        .filter(step -> step.step().products().cache().isPresent())
                        .filter(step -> ran.ran(step.id())
                                || (ran.isAsWanted(step.id()) || isAsWanted(step)) && isNewThere(step.step(), survey))
                        .toList();
        List<Step> proved = plan.playbook().steps().stream()
                .filter(step -> !step.products().results().isEmpty() && ran.ran(step.id()))
                .toList();
        if (built.isEmpty() && proved.isEmpty()) {
            return;
        }
        try (OverLink link = new OverLink(context, dial.connect())) {
            if (!built.isEmpty()) {
                new CacheHarvest(
                                cache.orElseThrow(),
                                terms.inventory(),
                                context.random(),
                                context.clock(),
                                context.listener())
                        .fetch(link, plan, built);
            }
            Results here =
                    new Results(results, link.box().label(), context.random(), context.clock(), context.listener());
            for (Step step : proved) {
                here.fetch(link, step, plan.root().orElseThrow());
            }
        } catch (DeployException e) {
            context.listener()
                    .on(new RunEvent.Notice(
                            context.clock().instant(), "What the run made was not brought here: " + e.getMessage()));
        }
    }

    private static boolean isAsWanted(PlannedStep step) {
        return step.action() == Action.SKIP || step.action() == Action.ADOPT;
    }
}
