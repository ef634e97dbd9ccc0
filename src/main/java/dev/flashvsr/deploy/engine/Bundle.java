package dev.flashvsr.deploy.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.hash.Sha256;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.PlannedStep;
import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.playbook.StepFile;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A plan as the files that the runner works through: every value a file of its own, every limit a plain line, so that
 * bash neither parses nor quotes anything. The layout is section 4 of docs/box-protocol.md.
 */
final class Bundle {
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private Bundle() {}

    /** The bundle's files by their path in it. */
    static Map<String, byte[]> of(AgreedPlan agreed, String run, Submitter submitter, Instant since) {
        Plan plan = agreed.plan();
        Bundle bundle = new Bundle();
        BoxCommands.onTheBox().forEach((name, text) -> bundle.text("box/" + name, text));
        bundle.text("run", run);
        bundle.text("plan", plan.identity());
        bundle.text("who", submitter.user());
        bundle.text("from", submitter.host());
        bundle.text("since", Long.toString(since.getEpochSecond()));
        bundle.text("agreed", agreed.agreement());
        bundle.text("root", plan.root().orElseThrow());
        bundle.text("library.sh", plan.playbook().library());
        bundle.lines("order", plan.steps().stream().map(PlannedStep::id).toList());
        bundle.lines(
                "graph", plan.playbook().steps().stream().map(Bundle::needs).toList());
        Set<String> selected = plan.steps().stream().map(PlannedStep::id).collect(Collectors.toSet());
        plan.steps().forEach(step -> bundle.step(plan, step, selected));
        return bundle.files;
    }

    /** A step and what it needs, whether that was selected or not. */
    private static String needs(Step step) {
        return Stream.concat(Stream.of(step.id()), step.needs().stream()).collect(Collectors.joining(" "));
    }

    private void step(Plan plan, PlannedStep planned, Set<String> selected) {
        Step step = planned.step();
        String base = "steps/" + step.id() + "/";
        lines(base + "needs", step.needs().stream().filter(selected::contains).toList());
        lines(base + "locks", step.locks());
        lines(base + "secrets", step.secrets());
        lines(base + "makes", step.products().makes());
        lines(
                base + "limits",
                List.of(
                        "timeout=" + step.timeout().map(Duration::toSeconds).orElse(0L),
                        "check_timeout=" + step.checkTimeout().toSeconds(),
                        "log_limit=" + step.logLimit(),
                        "retries=" + step.retries().max(),
                        "backoff=" + step.retries().backoff().toSeconds()));
        text(base + "action", planned.action().word());
        if (planned.force()) {
            text(base + "force", "");
        }
        text(base + "fingerprint", planned.fingerprint());
        text(base + "script", planned.scriptHash());
        text(base + "script.sh", step.script());
        planned.values().forEach((name, value) -> text(base + "vars/" + name, value));
        step.files().forEach((name, file) -> {
            if (!StoredFiles.isLarge(file)) {
                files.put(base + "files/" + name, content(step, name, file));
            }
        });
        List<String> stored = StoredFiles.linesFor(step);
        if (!stored.isEmpty()) {
            lines(base + "stored", stored);
        }
        text(base + "checkpoint.head", planned.checkpointHead(plan.root().orElseThrow()));
        planned.seen().checkpointText().ifPresent(seen -> text(base + "seen.checkpoint", seen));
        planned.seen().lastText().ifPresent(seen -> text(base + "seen.last", seen));
    }

    private static byte[] content(Step step, String name, StepFile file) {
        try {
            byte[] content = Files.readAllBytes(file.path());
            if (!Sha256.hex(content).equals(file.sha256())) {
                throw new DeployException(
                        ExitCode.FAILED,
                        "The file " + name + " of the step " + step.id() + " has changed since the plan was made: "
                                + file.path(),
                        "Run the same command again: it plans anew.");
            }
            return content;
        } catch (IOException e) {
            throw new DeployException(
                    ExitCode.USAGE,
                    "The file " + name + " of the step " + step.id() + " can't be read any more: " + file.path(),
                    "Put it back, or plan again.",
                    e);
        }
    }

    private void text(String path, String content) {
        files.put(path, content.getBytes(UTF_8));
    }

    private void lines(String path, List<String> lines) {
        text(path, lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
    }
}
