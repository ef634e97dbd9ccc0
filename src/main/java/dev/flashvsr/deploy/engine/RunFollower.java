package dev.flashvsr.deploy.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.event.RunListener;
import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.progress.LineAssembler;
import dev.flashvsr.deploy.progress.Progress;
import dev.flashvsr.deploy.progress.ProgressReader;
import dev.flashvsr.deploy.progress.SafeText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Turns what the follower on the box sends into events. It outlives a connection: after a loss it asks for everything
 * from where it stopped, so that no line comes twice or not at all. A step's end is told only after the last line of its
 * log.
 */
final class RunFollower {
    private static final long BACKLOG_BYTES = 64 * 1024;
    private static final long TAIL_BYTES = 8 * 1024;
    /** In place of the beginning of an attempt that failed before we came, and of one that runs since before. */
    private static final String FAILING = "was-running";

    private static final String RUNNING = "is-running";
    private static final int MAX_EVENT_LINE = 4 * 1024;

    /** Characters of events that wait to be told, each line with what it costs itself: some ten thousand events. */
    private static final int MOST_WAITING = 3 << 20;

    private static final int COST_OF_A_LINE = 60;

    private static final String STOPPED =
            "The runner on the box was stopped by a signal: its steps run on, and nothing else begins."
                    + " 'cancel' ends the run; 'kill -CONT' of the pid in .deploy/runs/RUN/runner has it continue.";

    /** The runner has at most eight steps at once, and those that it took over. */
    private static final int MOST_LOGS = 100;

    private final Map<String, Step> steps;
    private final RunListener listener;
    private final UnaryOperator<String> redact;
    private final Function<List<String>, Optional<String>> diagnose;
    private final Clock clock;
    private final Duration boxAhead;
    private final String run;
    private final String eventsPath;
    private final Map<String, StepLog> logs = new LinkedHashMap<>();
    private final StringBuilder partLine = new StringBuilder();
    private final Deque<EventLine> backlog = new ArrayDeque<>();
    private int waiting;
    private boolean catchingUp;
    private long eventsOffset;
    private Optional<String> result = Optional.empty();
    private boolean runnerDead;
    private boolean runnerStopped;
    /** What the events say of the end; a step can write them, too, so it counts only as far as the box's own record. */
    private String claimedEnd = "";

    private final EventFilter filter;

    /**
     * @param catchUp whether the run began without us: what is over is told in short, and logs are read from near their end
     * @param boxAhead how far the box's clock is ahead of ours
     */
    RunFollower(
            String run,
            Map<String, Step> steps,
            boolean catchUp,
            Duration boxAhead,
            RunListener listener,
            UnaryOperator<String> redact,
            Function<List<String>, Optional<String>> diagnose,
            Clock clock) {
        this.steps = steps;
        this.filter = new EventFilter(steps.keySet());
        this.catchingUp = catchUp;
        this.boxAhead = boxAhead;
        this.listener = listener;
        this.redact = redact;
        this.diagnose = diagnose;
        this.clock = clock;
        this.run = run;
        this.eventsPath = "runs/" + run + "/events";
    }

    /** A connection is there: asks for everything from where the last one stopped. */
    void connected(FollowRequests requests) {
        runnerDead = false;
        requests.follow(eventsPath, eventsOffset);
        for (StepLog log : logs.values()) {
            requests.follow(log.path(), log.next());
            if (log.end().isPresent()) {
                requests.drop(log.path());
            }
        }
    }

    /** Takes the next frame. */
    void frame(FollowFrame frame, FollowRequests requests) {
        if (frame instanceof FollowFrame.Bytes bytes && bytes.path().equals(eventsPath)) {
            events(bytes, requests);
        } else if (frame instanceof FollowFrame.Bytes bytes) {
            Optional.ofNullable(logs.get(bytes.path())).ifPresent(log -> log.bytes(bytes.offset(), bytes.data()));
        } else {
            caughtUp(requests);
            if (frame instanceof FollowFrame.Dropped dropped) {
                Optional.ofNullable(logs.remove(dropped.path())).ifPresent(this::over);
                tellBacklog(requests);
            } else if (frame instanceof FollowFrame.Runner runner) {
                runner(runner);
            }
        }
    }

    private void runner(FollowFrame.Runner runner) {
        runnerDead = runner.isDead();
        if (runner.isStopped() && !runnerStopped) {
            listener.on(new RunEvent.Notice(now(), STOPPED.replace("RUN", run)));
        }
        runnerStopped = runner.isStopped();
        if (runner.end().isPresent()) {
            result = runner.end();
        } else if (runnerDead && claimedEnd.equals("failed")) {
            result = Optional.of(claimedEnd); // on a full disk its record could not be written
        }
    }

    /** The run's result once all of it was told: {@code ok}, {@code failed} or {@code cancelled}. */
    Optional<String> result() {
        return isEnding() ? Optional.empty() : result;
    }

    /** Whether the runner is gone although the run has no end, and all that it did was told. */
    boolean runnerDead() {
        return runnerDead && result.isEmpty() && !isEnding();
    }

    private void events(FollowFrame.Bytes bytes, FollowRequests requests) {
        int known = (int) Math.max(0, Math.min(bytes.data().length, eventsOffset - bytes.offset()));
        eventsOffset = Math.max(eventsOffset, bytes.offset() + bytes.data().length);
        for (char c : new String(bytes.data(), known, bytes.data().length - known, UTF_8).toCharArray()) {
            if (c != '\n') {
                if (partLine.length() < MAX_EVENT_LINE) {
                    partLine.append(c);
                }
                continue;
            }
            EventLine.parse(SafeText.of(partLine.toString()))
                    .filter(filter::accepts)
                    .ifPresent(this::await);
            partLine.setLength(0);
        }
        if (!catchingUp) {
            tellBacklog(requests);
        }
    }

    private void await(EventLine line) {
        waiting += partLine.length() + COST_OF_A_LINE;
        if (waiting > MOST_WAITING) {
            throw EventFilter.tooMuch("more events than any run has");
        }
        backlog.add(line);
    }

    /** Tells events in their order: what follows the end of a step waits for the last line of that step's log. */
    private void tellBacklog(FollowRequests requests) {
        while (!backlog.isEmpty() && !isEnding()) {
            live(backlog.removeFirst(), requests);
        }
        if (backlog.isEmpty()) {
            waiting = 0;
        }
    }

    private boolean isEnding() {
        return logs.values().stream().anyMatch(log -> log.end().isPresent());
    }

    /** What happened without us is told in the box's order, and in short: of attempts that are over only their end. */
    private void caughtUp(FollowRequests requests) {
        if (!catchingUp || eventsOffset == 0) {
            return; // a busy box gives a sign of life before it has read that the events are asked for
        }
        catchingUp = false;
        Map<String, EventLine> running = new LinkedHashMap<>();
        List<EventLine> told = new ArrayList<>();
        for (EventLine line : backlog) {
            String step = line.step().orElse("");
            if (isStart(line)) {
                running.put(step, line);
                continue;
            }
            Optional<EventLine> start = Optional.ofNullable(running.remove(step));
            if (line.type().equals("failed")) {
                // Its last words are what a person needs first.
                start.map(begin -> begin.as(FAILING)).ifPresent(told::add);
            }
            told.add(line);
        }
        running.values().forEach(line -> told.add(line.as(RUNNING)));
        backlog.clear();
        backlog.addAll(told);
        tellBacklog(requests);
    }

    private static boolean isStart(EventLine line) {
        return line.type().equals("started") || line.type().equals("taken-over");
    }

    private void live(EventLine line, FollowRequests requests) {
        switch (line.type()) {
            case "started" -> {
                open(line, line.field("log"), 0, requests);
                line.step()
                        .ifPresent(step ->
                                listener.on(new RunEvent.StepStarted(now(), step, line.attempt(), line.field("why"))));
            }
            case FAILING -> open(line, line.field("log"), -TAIL_BYTES, requests);
            case RUNNING, "taken-over" -> {
                open(line, line.field("log"), -BACKLOG_BYTES, requests);
                reattached(line);
            }
            case "finished", "failed", "retrying" -> {
                Optional<StepLog> log = logs.values().stream()
                        .filter(open -> line.step().equals(Optional.of(open.step()))
                                && open.end().isEmpty())
                        .findFirst();
                if (log.isPresent()) {
                    log.get().endsWith(line);
                    requests.drop(log.get().path());
                } else {
                    tell(line);
                }
            }
            default -> tell(line);
        }
    }

    private void reattached(EventLine line) {
        long began = line.number("started") > 0 ? line.number("started") : line.epoch();
        Duration elapsed = Duration.between(Instant.ofEpochSecond(began), now().plus(boxAhead));
        line.step()
                .ifPresent(step -> listener.on(new RunEvent.StepReattached(
                        now(), step, line.attempt(), elapsed.isNegative() ? Duration.ZERO : elapsed)));
    }

    private StepLog open(EventLine line, String path, long offset, FollowRequests requests) {
        String step = line.step().orElse("");
        StepLog log = new StepLog(
                step,
                line.attempt(),
                path,
                offset,
                Optional.ofNullable(steps.get(step))
                        .flatMap(Step::progress)
                        .map(format -> ProgressReader.of(format.word())),
                (text, progress) -> output(step, text, progress));
        logs.put(path, log);
        if (logs.size() > MOST_LOGS) {
            throw EventFilter.tooMuch("more steps at once than it can run");
        }
        requests.follow(path, offset);
        return log;
    }

    private void output(String step, LineAssembler.Line line, Optional<Progress> progress) {
        progress.ifPresent(read ->
                listener.on(new RunEvent.StepProgress(now(), step, read.fraction(), redact.apply(read.label()))));
        if (!line.update()) {
            listener.on(new RunEvent.StepOutput(now(), step, redact.apply(line.text())));
        }
    }

    private void over(StepLog log) {
        log.close();
        List<String> tail = log.tail().stream().map(redact).toList();
        log.end().ifPresent(line -> {
            tell(line, tail);
            if (line.type().equals("finished") && isProof(log.step()) && !tail.isEmpty()) {
                listener.on(new RunEvent.Notice(now(), log.step() + " says: " + tail.get(tail.size() - 1)));
            }
        });
    }

    /** Whether its last line is a result that a person waits for. */
    private boolean isProof(String step) {
        return Optional.ofNullable(steps.get(step)).filter(Step::verify).isPresent();
    }

    private void tell(EventLine line) {
        tell(line, List.of());
    }

    private void tell(EventLine line, List<String> tail) {
        String step = line.step().orElse("");
        int attempt = line.attempt();
        switch (line.type()) {
            case "skipped" -> listener.on(new RunEvent.StepSkipped(now(), step, reason(line)));
            case "adopted" -> listener.on(new RunEvent.StepAdopted(now(), step));
            case "finished" -> listener.on(new RunEvent.StepFinished(now(), step, attempt, seconds(line, "seconds")));
            case "retrying" ->
                listener.on(new RunEvent.StepRetrying(now(), step, attempt, line.field("exit"), seconds(line, "in")));
            case "failed" ->
                listener.on(new RunEvent.StepFailed(
                        now(),
                        step,
                        attempt,
                        line.field("exit"),
                        line.field("cause"),
                        seconds(line, "seconds"),
                        tail,
                        diagnose.apply(tail)));
            case "blocked" -> listener.on(new RunEvent.StepBlocked(now(), step, line.field("by")));
            case "run-ended" -> {
                stopped(line.field("why"));
                claimedEnd = line.field("result");
            }
            default -> {}
        }
    }

    /** The runner could not work any more; its reason has {@code %20} for blanks. */
    private void stopped(String why) {
        if (!why.isEmpty()) {
            String reason = why.replace("%20", " ").replace("%25", "%");
            listener.on(new RunEvent.Notice(now(), "The run stopped: " + redact.apply(reason) + "."));
        }
    }

    private static String reason(EventLine line) {
        return line.field("reason").equals("renewed")
                ? "as wanted; its script changed, its result did not"
                : "as wanted";
    }

    private static Duration seconds(EventLine line, String field) {
        return Duration.ofSeconds(line.number(field));
    }

    private Instant now() {
        return clock.instant();
    }
}
