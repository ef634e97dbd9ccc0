package dev.flashvsr.deploy.products;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.engine.MadeNote;
import dev.flashvsr.deploy.engine.OverLink;
import dev.flashvsr.deploy.engine.StepFunctions;
import dev.flashvsr.deploy.engine.TransferReport;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.event.RunListener;
import dev.flashvsr.deploy.plan.Action;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.PlannedStep;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.transfer.LocalFile;
import dev.flashvsr.deploy.transfer.Upload;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Finds what this machine has for the steps of a plan, and takes it to the box before they run. */
public final class CacheOffers {
    private final LocalCache here;
    private final CacheTerms terms;
    private final RandomGenerator random;
    private final Clock clock;

    /** With what marks are made of. */
    public CacheOffers(LocalCache here, CacheTerms terms, RandomGenerator random, Clock clock) {
        this.here = here;
        this.terms = terms;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Asks the box which entries the steps that run would look for, and looks for them here. Nothing is asked where there can
     * be none.
     *
     * @param there keys of the entries that are on the box already, by the cache
     */
    public Offers find(Box box, Plan plan, Map<String, Set<String>> there) {
        List<PlannedStep> steps = plan.steps().stream()
                .filter(step -> step.action().runs() || step.action() == Action.UNKNOWN)
                .filter(step -> step.step().products().cache().isPresent())
                .filter(step -> !here.isEmpty(step.step().products().cache().get()))
                .toList();
        if (steps.isEmpty()) {
            return Offers.NONE;
        }
        List<Offers.Offer> offers = new ArrayList<>();
        List<String> troubles = new ArrayList<>();
        Map<String, String> keys = CacheKeys.ask(new StepFunctions(random), box, plan, steps);
        for (PlannedStep step : steps) {
            String cache = step.step().products().cache().orElseThrow();
            String key = keys.get(step.id());
            if (key == null || there.getOrDefault(cache, Set.of()).contains(key)) {
                continue;
            }
            try {
                choose(step, here.find(cache, key), box, troubles)
                        .ifPresent(entry -> offers.add(new Offers.Offer(step.step(), cache, key, entry)));
            } catch (DeployException e) {
                troubles.add(step.id() + ": " + e.getMessage()
                        + e.next().map(next -> " " + next).orElse(""));
            }
        }
        return new Offers(offers, troubles);
    }

    /** The one entry that the user's terms let be taken, as far as it is told by them; says why where there is none. */
    private Optional<LocalCache.Entry> choose(
            PlannedStep step, List<LocalCache.Entry> kept, Box box, List<String> troubles) {
        List<LocalCache.Entry> wanted =
                kept.stream().filter(entry -> terms.wants(entry.origin())).toList();
        if (wanted.size() > 1) {
            String boxes =
                    wanted.stream().map(entry -> entry.origin().words()).collect(Collectors.joining(", another by "));
            troubles.add(step.id() + ": several that differ are kept here for the same, one built by " + boxes
                    + ": none is used. --cache-from BOX takes that box's; or remove the others below "
                    + wanted.get(0).place().getParent() + ".");
            return Optional.empty();
        }
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        LocalCache.Entry entry = wanted.get(0);
        Optional<String> wrong = entry.says().contradiction(step.values());
        if (wrong.isPresent()) {
            troubles.add(step.id() + ": what " + entry.origin().words() + " built is kept here as for \"" + wrong.get()
                    + "\", which the playbook's variables do not say: it is not used.");
            return Optional.empty();
        }
        if (!terms.takes(entry, Origin.now(box.label(), false, box.hostKey(), clock.instant()))) {
            troubles.add(step.id() + ": what " + entry.origin().words()
                    + " built is kept here, but is not used with --yes: that box is none of env/boxes.yaml, and nobody has agreed to it."
                    + " Without --yes you are asked; --cache-from BOX agrees to what that box built.");
            return Optional.empty();
        }
        return Optional.of(entry);
    }

    /** Notes that the user has agreed to them, having seen which boxes built them. */
    public void agree(Offers offers) {
        for (Offers.Offer offer : offers.offers()) {
            if (!offer.entry().origin().inventory() && !offer.entry().agreed()) {
                here.agree(offer.cache(), offer.key(), offer.entry());
            }
        }
    }

    /**
     * Takes them to the box, each with its {@code built-for} last. What can't be sent is told, and the step builds it itself.
     *
     * @param root absolute path on the box
     * @throws DeployException exit status 3 when the link broke and was not back in time
     */
    public void send(Offers offers, OverLink link, String root, RunListener listener) throws InterruptedException {
        for (Offers.Offer offer : offers.offers()) {
            try {
                send(offer, link, root, listener);
                listener.on(
                        new RunEvent.StepOffered(clock.instant(), offer.step().id(), offer.key()));
            } catch (DeployException e) {
                if (!link.isOpen()) {
                    throw e;
                }
                listener.on(new RunEvent.Notice(
                        clock.instant(), e.getMessage() + " " + offer.step().id() + " builds it on the box."));
            }
        }
    }

    private void send(Offers.Offer offer, OverLink link, String root, RunListener listener)
            throws InterruptedException {
        LocalFile file = offer.entry().file();
        String place = root + "/" + offer.cache() + "/" + offer.key() + "/";
        String name = String.valueOf(file.path().getFileName());
        try (TransferReport report = new TransferReport(listener, clock, name, RunEvent.Way.TO_BOX, file.size())) {
            link.run("send " + name, (box, works) -> {
                report.again();
                BoxShell shell = new BoxShell(box, random);
                MadeNote.before(shell, root, List.of(offer.step()));
                Upload upload = new Upload(shell);
                upload.send(file, place + name, report.hearing(works));
                return upload.send(offer.entry().builtFor(), place + BuiltFor.NAME, bytes -> works.run());
            });
        }
    }
}
