package dev.flashvsr.deploy.products;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.engine.OverLink;
import dev.flashvsr.deploy.engine.StepFunctions;
import dev.flashvsr.deploy.engine.TransferReport;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.event.RunListener;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.PlannedStep;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.transfer.Download;
import dev.flashvsr.deploy.transfer.Fetched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Brings entries that steps have made to this machine: of each step the one that it would look for now. Kept is only what
 * is what its {@code built-for} says, is named after what it was built for, and contradicts no variable of this side. What is not
 * kept is told, and is no failure, and so is what differs from what another box built for the same.
 */
public final class CacheHarvest {
    /** A wheel of these kernels has some hundred MB at the most. */
    static final long LARGEST = 2L << 30;

    private final LocalCache here;
    private final RandomGenerator random;
    private final Clock clock;
    private final RunListener listener;
    private final boolean inventory;

    /**
     * With what marks are made of.
     *
     * @param inventory whether the box is one of the user's inventory
     */
    public CacheHarvest(LocalCache here, boolean inventory, RandomGenerator random, Clock clock, RunListener listener) {
        this.here = here;
        this.inventory = inventory;
        this.random = random;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Asks these steps, which are as wanted, for their entries, and fetches those that are not here, or have been built anew
     * since.
     *
     * @throws DeployException exit status 3 when the link broke and was not back in time
     */
    public void fetch(OverLink link, Plan plan, List<PlannedStep> steps) throws InterruptedException {
        Map<String, String> keys = link.run(
                "ask for what was built", (box, works) -> CacheKeys.ask(new StepFunctions(random), box, plan, steps));
        for (PlannedStep step : steps) {
            String cache = step.step().products().cache().orElseThrow();
            String key = keys.get(step.id());
            if (key != null) {
                try {
                    fetch(link, plan.root().orElseThrow(), step, cache, key);
                } catch (DeployException e) {
                    if (!link.isOpen()) {
                        throw e;
                    }
                    notKept(step.id(), String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private void fetch(OverLink link, String root, PlannedStep step, String cache, String key)
            throws InterruptedException {
        String there = root + "/" + cache + "/" + key + "/";
        Path growing = here.growing(cache, key);
        Path builtFor = growing.resolve(BuiltFor.NAME);
        if (link.run(
                        "fetch " + there + BuiltFor.NAME,
                        (box, works) -> new Download(new BoxShell(box, random))
                                .fetch(there + BuiltFor.NAME, builtFor, BuiltFor.MAX_SIZE, bytes -> works.run()))
                .isEmpty()) {
            here.forget(cache, key);
            return;
        }
        Optional<BuiltFor> says = read(builtFor).filter(text -> text.key().equals(key));
        if (says.isEmpty()) {
            here.forget(cache, key);
            notKept(there, "its " + BuiltFor.NAME + " does not say what " + key + " stands for.");
            return;
        }
        Optional<String> wrong = says.get().contradiction(step.values());
        if (wrong.isPresent()) {
            here.forget(cache, key);
            notKept(
                    there,
                    "its " + BuiltFor.NAME + " says \"" + wrong.get() + "\", and the playbook's variables do not.");
            return;
        }
        if (here.holds(cache, key, says.get().sha256())) {
            here.forget(cache, key);
            return;
        }
        String name = says.get().file();
        try (TransferReport report = new TransferReport(listener, clock, name, RunEvent.Way.FROM_BOX)) {
            Optional<Fetched> fetched = link.run(
                    "fetch " + name,
                    (box, works) -> new Download(new BoxShell(box, random))
                            .fetch(there + name, growing.resolve(name), LARGEST, report.hearing(works)));
            if (fetched.filter(file -> file.sha256().equals(says.get().sha256()))
                    .isEmpty()) {
                here.forget(cache, key);
                notKept(
                        there + name,
                        fetched.isEmpty() ? "it is not there." : "it is not what its " + BuiltFor.NAME + " says.");
                return;
            }
        }
        Box box = link.box();
        Origin origin = Origin.now(box.label(), inventory, box.hostKey(), clock.instant());
        List<LocalCache.Entry> others = here.keep(cache, key, says.get().sha256(), origin);
        if (!others.isEmpty()) {
            listener.on(new RunEvent.Notice(
                    clock.instant(),
                    name + " of this box differs from what was kept here for the same, built by "
                            + others.get(0).origin().words()
                            + ". Both are kept; neither is used until --cache-from names a box."));
        }
    }

    private void notKept(String what, String why) {
        listener.on(new RunEvent.Notice(clock.instant(), what + " was not kept here for the next box: " + why));
    }

    private static Optional<BuiltFor> read(Path file) {
        try {
            return BuiltFor.parse(Files.readAllBytes(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
