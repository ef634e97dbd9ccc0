package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.plan.Holder;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Gets a plan done: submits it, follows it to the end over as many connections as it takes, and submits it again when
 * the runner on the box died. A run of the same plan that is there already is joined instead.
 */
public final class Deployment {
    private static final int MOST_RESUBMISSIONS = 3;

    private final Context context;

    /** With all that it needs of the world. */
    public Deployment(Context context) {
        this.context = context;
    }

    /** Submits the plan and leaves it to the box. Takes the box over, and closes it. */
    public Result submit(Box first, Plan plan) throws InterruptedException {
        Submission submission = submitter().submit(first, agreedNow(plan));
        submission.box().close();
        return submission.answer() instanceof SubmitAnswer.Refused refused && !isSame(refused.holder(), plan)
                ? new Result.Busy(refused.holder())
                : new Result.GoesOn(submission.answer().run(), "it was left to the box");
    }

    /** Submits the plan and follows it to its end. Takes the box over, and closes it. */
    public Result run(Box first, Plan plan, Survey seen) throws InterruptedException {
        AgreedPlan agreed = agreedNow(plan);
        return toTheEnd(submitter().submit(first, agreed), agreed, seen);
    }

    /**
     * Follows a run of this very plan that is there already, and submits the plan itself when nobody works on that run any
     * more. Takes the box over, and closes it.
     */
    public Result join(Box first, Plan plan, Holder holder, Survey seen) throws InterruptedException {
        return toTheEnd(new Submission(first, new SubmitAnswer.Refused(holder)), agreedNow(plan), seen);
    }

    private AgreedPlan agreedNow(Plan plan) {
        return new AgreedPlan(plan, context.mark());
    }

    /** Whoever joins a run joins its agreement: what was forced in it is not forced again. */
    private static AgreedPlan joined(AgreedPlan ours, SubmitAnswer answer) {
        return answer instanceof SubmitAnswer.Refused refused
                        && refused.holder().agreement().matches("[0-9a-f]{32}")
                ? new AgreedPlan(ours.plan(), refused.holder().agreement())
                : ours;
    }

    private Result toTheEnd(Submission first, AgreedPlan ours, Survey seen) throws InterruptedException {
        Submission submission = first;
        AgreedPlan agreed = ours;
        Plan plan = ours.plan();
        for (int resubmissions = 0; ; resubmissions++) {
            SubmitAnswer answer = submission.answer();
            if (answer instanceof SubmitAnswer.Refused refused && !isSame(refused.holder(), plan)) {
                submission.box().close();
                return new Result.Busy(refused.holder());
            }
            boolean joined = answer instanceof SubmitAnswer.Refused;
            agreed = joined(agreed, answer);
            RunSession.Outcome outcome = follow(submission.box(), plan, answer.run(), joined, seen);
            if (!(outcome instanceof RunSession.Outcome.RunnerDead dead)) {
                return result(answer.run(), outcome);
            }
            if (resubmissions == MOST_RESUBMISSIONS) {
                dead.box().close();
                throw runnerDead(dead.box(), " It died " + (resubmissions + 1) + " times.");
            }
            notice("The runner on the box is gone without an end of its run; its steps live on. The same plan is"
                    + " submitted again.");
            submission = submitter().submit(dead.box(), agreed);
        }
    }

    /** Only follows a run that is there already, whatever its plan. Takes the box over, and closes it. */
    public Result attach(Box box, Plan plan, String run, Survey seen) throws InterruptedException {
        RunSession.Outcome outcome = follow(box, plan, run, true, seen);
        if (outcome instanceof RunSession.Outcome.RunnerDead dead) {
            dead.box().close();
            throw runnerDead(dead.box(), "");
        }
        return result(run, outcome);
    }

    private SubmitOverLink submitter() {
        return new SubmitOverLink(context);
    }

    private static DeployException runnerDead(Box box, String more) {
        return new DeployException(
                ExitCode.FAILED,
                "The runner on " + box.label() + " is gone without an end of its run; its steps live on." + more,
                "'up' takes them over and goes on. If it happens again, look for what ends processes there: a full"
                        + " memory, or a container that is being stopped.");
    }

    private RunSession.Outcome follow(Box box, Plan plan, String run, boolean joined, Survey seen)
            throws InterruptedException {
        String root = plan.root().orElse(seen.state().root());
        context.listener().on(new RunEvent.RunStarted(now(), run, box.label(), root, joined));
        Map<String, Step> steps =
                plan.playbook().steps().stream().collect(Collectors.toMap(Step::id, Function.identity()));
        RunFollower follower = new RunFollower(
                run,
                steps,
                joined,
                seen.boxAhead(),
                context.listener(),
                context.redact(),
                context.diagnose(),
                context.clock());
        RunSession session = new RunSession(
                context.reconnector(),
                open -> new FollowStream(new BoxShell(open, context.random()), root, context.mark(), run));
        return session.follow(box, follower);
    }

    private Result result(String run, RunSession.Outcome outcome) {
        if (outcome instanceof RunSession.Outcome.Ended ended) {
            return new Result.Ended(run, ended.result());
        }
        String why = ((RunSession.Outcome.LinkGone) outcome).why();
        return new Result.GoesOn(
                run,
                "The link was not back within " + context.reconnectLimit().toSeconds() + " s (" + why
                        + "); the run on the box goes on.");
    }

    private static boolean isSame(Holder holder, Plan plan) {
        return holder.plan().equals(plan.identity());
    }

    private void notice(String text) {
        context.listener().on(new RunEvent.Notice(now(), text));
    }

    private Instant now() {
        return context.clock().instant();
    }
}
