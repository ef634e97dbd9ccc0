package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.engine.Deployment;
import dev.flashvsr.deploy.engine.Result;
import dev.flashvsr.deploy.engine.Survey;
import dev.flashvsr.deploy.plan.Holder;
import dev.flashvsr.deploy.plan.Plan;
import java.util.Optional;

/** How a plan is got done; takes the box over. */
@FunctionalInterface
interface Start {
    Result with(Deployment deployment, Box box) throws InterruptedException;

    /** {@code holder}: the living run of this very plan, where there is one. It is joined, and nothing submitted. */
    static Start of(boolean detach, Plan plan, Survey survey, Optional<Holder> holder) {
        if (holder.isEmpty()) {
            return detach
                    ? (deployment, box) -> deployment.submit(box, plan)
                    : (deployment, box) -> deployment.run(box, plan, survey);
        }
        return detach
                ? (deployment, box) -> leave(box, holder.get().run())
                : (deployment, box) -> deployment.join(box, plan, holder.get(), survey);
    }

    private static Result leave(Box box, String run) {
        box.close();
        return new Result.GoesOn(run, "it was left to the box");
    }
}
