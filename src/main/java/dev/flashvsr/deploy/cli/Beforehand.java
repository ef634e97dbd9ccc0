package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.products.Offers;
import dev.flashvsr.deploy.relay.RelayPlan;

/** What goes to the box before a run: what it can't fetch well, and what was built before. */
record Beforehand(RelayPlan relayed, Offers offers) {
    static final Beforehand NONE = new Beforehand(RelayPlan.NONE, Offers.NONE);
}
