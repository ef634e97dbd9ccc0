package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.engine.Context;
import dev.flashvsr.deploy.engine.MadeNote;
import dev.flashvsr.deploy.engine.OverLink;
import dev.flashvsr.deploy.engine.StepFunctions;
import dev.flashvsr.deploy.fetch.Store;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.PlannedStep;
import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.products.Offers;
import dev.flashvsr.deploy.relay.Relay;
import dev.flashvsr.deploy.relay.RelayPlan;
import dev.flashvsr.deploy.relay.RelayedHosts;
import java.util.List;

/** What {@code --relay} adds to a command. */
record Relaying(RelayedHosts hosts, Relay relay) {
    static Relaying of(RelayedHosts hosts, LocalState local) {
        return new Relaying(hosts, new Relay(hosts, local.directory(), System.getenv()));
    }

    /** What is to go through this machine beside these offers; nothing is asked of the box without the option. */
    RelayPlan ask(Box box, Plan plan, StepFunctions functions, Offers offers) {
        return relay.ask(box, plan, functions, offers.keys());
    }

    List<String> notes(RelayPlan plan, boolean detached) {
        return RelayNotes.of(hosts, plan, detached);
    }

    /** Gets it to the box, which is returned: it may be over another connection. Takes the box over. */
    Box run(Context context, Box box, Plan whole, RelayPlan plan, Interrupt interrupt, String again)
            throws InterruptedException {
        if (plan.isEmpty()) {
            return box;
        }
        try (OverLink link = new OverLink(context, box)) {
            Store store = relay.store();
            RelayNotes.insistOnRoom(plan, store.directory().toString(), store.room(), plan.bytesIn(store));
            interrupt.says("Nothing was run on the box. What was fetched and sent is kept: '" + again
                    + "' goes on from there.");
            List<Step> steps = whole.steps().stream()
                    .map(PlannedStep::step)
                    .filter(step -> plan.steps().contains(step.id()))
                    .toList();
            link.run("note what lies on the box", (open, works) -> {
                MadeNote.before(
                        new BoxShell(open, context.random()), whole.root().orElseThrow(), steps);
                return plan;
            });
            relay.run(context, link, plan);
            return link.handOver();
        }
    }
}
