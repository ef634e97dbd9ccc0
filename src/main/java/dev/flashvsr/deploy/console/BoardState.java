package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.event.RunEvent.PlanLine;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the board knows of a run: a value that each event makes anew.
 *
 * @param box as the user calls it
 * @param begin when following began
 * @param plan by id
 * @param settled ids of the steps that are done or need nothing
 * @param running steps and transfers, in the order in which they began
 * @param lostSince set while there is no link
 * @param ended whether the run is over, or no longer followed
 */
record BoardState(
        String box,
        Optional<String> gpu,
        Optional<Instant> begin,
        Map<String, PlanLine> plan,
        Set<String> settled,
        List<RunningStep> running,
        Optional<Instant> lostSince,
        boolean ended) {
    static final BoardState EMPTY = new BoardState(
            "", Optional.empty(), Optional.empty(), Map.of(), Set.of(), List.of(), Optional.empty(), false);

    BoardState after(RunEvent event) {
        return begin.isPresent() ? known(event) : withBegin(event.ts()).known(event);
    }

    private BoardState known(RunEvent event) {
        if (event instanceof RunEvent.RunStarted e) {
            return withBox(e.box(), gpu);
        } else if (event instanceof RunEvent.BoxInspected e) {
            return withBox(e.box(), Optional.ofNullable(e.facts().get("gpu")).map(BoxLine::gpuName));
        } else if (event instanceof RunEvent.PlanReady e) {
            return withPlan(e.steps());
        } else if (event instanceof RunEvent.StepStarted e) {
            return begun(e.step(), e.attempt(), e.ts());
        } else if (event instanceof RunEvent.StepReattached e) {
            return begun(e.step(), e.attempt(), e.ts().minus(e.elapsed()));
        } else if (event instanceof RunEvent.StepOutput e) {
            return e.line().isBlank() ? this : changed(e.step(), step -> step.printed(e.line()));
        } else if (event instanceof RunEvent.StepProgress e) {
            return changed(e.step(), step -> step.progressed(e.fraction(), e.ts(), e.label()));
        } else if (event instanceof RunEvent.TransferStarted e) {
            return begun(e.file(), 1, e.ts());
        } else if (event instanceof RunEvent.TransferProgress e) {
            return changed(e.file(), file -> file.progressed(TransferText.fraction(e), e.ts(), TransferText.amount(e)));
        } else if (event instanceof RunEvent.TransferFinished e) {
            return withRunning(others(e.file()), settled);
        } else if (event instanceof RunEvent.StepRetrying e) {
            return changed(e.step(), step -> step.waits(e.ts().plus(e.pause())));
        } else if (event instanceof RunEvent.StepSkipped e) {
            return settled(e.step());
        } else if (event instanceof RunEvent.StepAdopted e) {
            return settled(e.step());
        } else if (event instanceof RunEvent.StepFinished e) {
            return settled(e.step());
        } else if (event instanceof RunEvent.StepFailed e) {
            return withRunning(others(e.step()), settled);
        } else if (event instanceof RunEvent.LinkLost e) {
            return withLink(lostSince.or(() -> Optional.of(e.ts())));
        } else if (event instanceof RunEvent.LinkRestored) {
            return withLink(Optional.empty());
        } else if (event instanceof RunEvent.RunFinished) {
            return new BoardState(box, gpu, begin, plan, settled, List.of(), Optional.empty(), true);
        }
        return this;
    }

    private BoardState begun(String id, int attempt, Instant since) {
        Optional<Duration> expected = Optional.ofNullable(plan.get(id)).flatMap(PlanLine::expected);
        RunningStep step = RunningStep.begin(id, attempt, since, expected);
        return running.stream().anyMatch(other -> other.id().equals(id))
                ? changed(id, old -> step)
                : withRunning(Stream.concat(running.stream(), Stream.of(step)).toList(), settled);
    }

    private BoardState changed(String id, UnaryOperator<RunningStep> change) {
        return withRunning(
                running.stream()
                        .map(step -> step.id().equals(id) ? change.apply(step) : step)
                        .toList(),
                settled);
    }

    private BoardState settled(String id) {
        Set<String> more = new HashSet<>(settled);
        more.add(id);
        return withRunning(others(id), Set.copyOf(more));
    }

    private List<RunningStep> others(String id) {
        return running.stream().filter(step -> !step.id().equals(id)).toList();
    }

    private BoardState withBegin(Instant now) {
        return new BoardState(box, gpu, Optional.of(now), plan, settled, running, lostSince, ended);
    }

    private BoardState withBox(String name, Optional<String> card) {
        return new BoardState(name, card, begin, plan, settled, running, lostSince, false);
    }

    private BoardState withPlan(List<PlanLine> steps) {
        Map<String, PlanLine> byId = new HashMap<>();
        steps.forEach(step -> byId.put(step.id(), step));
        return new BoardState(box, gpu, begin, Map.copyOf(byId), settled, running, lostSince, ended);
    }

    private BoardState withRunning(List<RunningStep> steps, Set<String> done) {
        return new BoardState(box, gpu, begin, plan, done, steps, lostSince, ended);
    }

    private BoardState withLink(Optional<Instant> lost) {
        return new BoardState(box, gpu, begin, plan, settled, running, lost, ended);
    }
}
