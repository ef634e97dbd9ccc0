package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.plan.LastRun;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hands a plan over although the link may break meanwhile. After a loss the box says whether the run had begun: then it is
 * ours and nothing is sent again, since a forced step would be run twice.
 */
final class SubmitOverLink {
    private final Context context;

    SubmitOverLink(Context context) {
        this.context = context;
    }

    /** Takes the box over: it is in the answer, or another one in its place, or closed when this throws. */
    Submission submit(Box first, AgreedPlan agreed) throws InterruptedException {
        Reconnector reconnector = context.reconnector();
        Plan plan = agreed.plan();
        Box box = first;
        Optional<String> tried = Optional.empty();
        AtomicBoolean handedOver = new AtomicBoolean();
        while (true) {
            String run = SubmitCommand.newRun(context);
            boolean keep = false;
            String why;
            try {
                if (tried.isPresent() && tried.equals(newestRun(box, plan))) {
                    keep = true;
                    return new Submission(box, new SubmitAnswer.Started(tried.get()));
                }
                tried = Optional.of(run);
                AtomicBoolean now = new AtomicBoolean();
                handedOver = now;
                SubmitAnswer answer = new SubmitCommand(context).submit(box, agreed, run, () -> now.set(true));
                keep = true;
                return new Submission(box, answer);
            } catch (LinkLostException e) {
                why = Optional.ofNullable(e.getMessage()).orElse("the connection broke");
            } finally {
                if (!keep) {
                    box.close();
                }
            }
            Optional<Box> again = reconnector.reconnect(why);
            if (again.isEmpty()) {
                throw notBack(first.label(), why, handedOver.get());
            }
            box = again.get();
        }
    }

    private Optional<String> newestRun(Box box, Plan plan) {
        Map<String, String> root = Map.of("root", plan.root().orElseThrow());
        return new Surveyor(plan.playbook(), root, context.random(), context.clock())
                .state(box)
                .state()
                .lastRun()
                .map(LastRun::name);
    }

    /** A box that has not got all of a plan starts nothing of it. */
    private DeployException notBack(String label, String why, boolean handedOver) {
        String broke = "The link to " + label + " broke "
                + (handedOver ? "when the plan had been handed over" : "while the plan was handed over")
                + ", and was not back within " + context.reconnectLimit().toSeconds() + " s (" + why + "). ";
        return handedOver
                ? new DeployException(
                        ExitCode.DETACHED,
                        broke + "The run may have begun, and then it goes on.",
                        "The same command finds out: it follows the run, or starts it if it did not begin.")
                : new DeployException(
                        ExitCode.UNREACHABLE,
                        broke + "No run was started.",
                        "Run the same command again when the box can be reached.");
    }
}
