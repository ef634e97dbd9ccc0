package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.plan.Plan;

/**
 * A plan that somebody agreed to. It may be submitted several times, as when its runner died; what holds once, holds once for all
 * of these submissions.
 *
 * @param agreement names the agreement: 32 random hex digits, or what the run says that was joined
 */
record AgreedPlan(Plan plan, String agreement) {}
