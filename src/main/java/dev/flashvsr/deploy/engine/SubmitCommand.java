package dev.flashvsr.deploy.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.Entries;
import dev.flashvsr.deploy.box.Payload;
import dev.flashvsr.deploy.plan.Disclosure;
import dev.flashvsr.deploy.plan.Holder;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.secret.SecretTrace;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hands a plan to the box as one bundle; the box starts it only when all of it has arrived. */
final class SubmitCommand {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final DateTimeFormatter RUN_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int RUN_BYTES = 4;
    private static final int SALT_BYTES = 16;

    /** Of one secret: it has no more lines that a log would show one by one. */
    private static final int MOST_TRACES = 200;

    private final Context context;

    SubmitCommand(Context context) {
        this.context = context;
    }

    /** A name for a new run; names sort by time. */
    static String newRun(Context context) {
        return RUN_TIME.format(context.clock().instant()) + "-" + context.hex(RUN_BYTES);
    }

    /** {@code handedOver} is called when the last of it was sent: from then on the run may have begun. */
    SubmitAnswer submit(Box box, AgreedPlan agreed, String run, Runnable handedOver) {
        Plan plan = agreed.plan();
        BoxShell shell = new BoxShell(box, context.random());
        // Secrets go with the mark that all has arrived, before which the box starts nothing: they need not wait there.
        Payload last = secrets(plan).then(BoxCommands.end()).then(out -> handedOver.run());
        Entries answer;
        try (EarlyScript submit =
                new EarlyScript(shell, BoxCommands.submit(plan.root().orElseThrow()), bundle(agreed, run))) {
            StoredFiles.send(shell, plan, submit::prepare);
            answer = submit.run(last, LIMIT).expectOk("start the run").entries();
        }
        if (answer.names().contains("started")) {
            return new SubmitAnswer.Started(run);
        }
        Map<String, String> refused = Lines.of(answer.text("refused").orElse(""));
        if (refused.containsKey("elsewhere")) {
            throw inUseElsewhere(box.label(), refused.get("elsewhere"));
        }
        if (!refused.containsKey("run")) {
            throw new DeployException(
                    ExitCode.FAILED,
                    box.label() + " did not start the run: " + refused.getOrDefault("error", "it gave no reason"),
                    "Look at the root directory's disk and permissions on the box, then try again.");
        }
        return new SubmitAnswer.Refused(holder(refused));
    }

    private Payload bundle(AgreedPlan agreed, String run) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        Bundle.of(agreed, run, context.submitter(), context.clock().instant())
                .forEach((path, content) -> entries.put("bundle/" + path, content));
        return BoxCommands.entries(entries);
    }

    /** Only those that a step of the plan names. */
    private Payload secrets(Plan plan) {
        Set<String> named = Disclosure.secretNames(plan);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        StringBuilder traces = new StringBuilder();
        context.secrets().forEach((name, secret) -> {
            if (named.contains(name)) {
                entries.put("@secret/" + name, secret.reveal().getBytes(UTF_8));
                SecretTrace.of(name, secret, context.hex(SALT_BYTES)).stream()
                        .limit(MOST_TRACES)
                        .forEach(trace -> traces.append(trace.line()).append('\n'));
            }
        });
        entries.put("secrets", traces.toString().getBytes(UTF_8));
        return BoxCommands.entries(entries);
    }

    static DeployException inUseElsewhere(String label, String machine) {
        return new DeployException(
                ExitCode.BUSY,
                "The volume of " + label + " is in use by another machine: " + machine,
                "Stop that machine, or wait for its run to end; then try again.");
    }

    private static Holder holder(Map<String, String> lines) {
        String since = lines.getOrDefault("since", "");
        return new Holder(
                lines.getOrDefault("run", ""),
                lines.getOrDefault("plan", ""),
                lines.getOrDefault("who", ""),
                lines.getOrDefault("from", ""),
                since.matches("[0-9]{1,11}")
                        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(since)))
                        : Optional.empty(),
                lines.getOrDefault("agreed", ""),
                true);
    }
}
