package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.checkpoint.Checkpoint;
import dev.flashvsr.deploy.plan.Action;
import dev.flashvsr.deploy.plan.BoxState;
import dev.flashvsr.deploy.plan.CheckResult;
import dev.flashvsr.deploy.plan.Holder;
import dev.flashvsr.deploy.plan.LastRun;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.PlannedStep;
import dev.flashvsr.deploy.plan.StepState;
import dev.flashvsr.deploy.playbook.Estimate;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.Products;
import dev.flashvsr.deploy.playbook.Retries;
import dev.flashvsr.deploy.playbook.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Plans and boxes to print. */
final class Plans {
    static final String HASH = "ab".repeat(32);

    private Plans() {}

    static Plan of(PlannedStep... steps) {
        List<PlannedStep> planned = List.of(steps);
        Playbook playbook = new Playbook(
                "test",
                Path.of("playbook.yaml"),
                "",
                List.of(),
                Map.of(),
                List.of(),
                planned.stream().map(PlannedStep::step).toList());
        return new Plan(playbook, Optional.of("/workspace/flashvsr"), planned, HASH, Optional.empty());
    }

    static PlannedStep step(String id, String title, Action action, String reason, int minutes, String... needs) {
        Step step = new Step(
                id,
                title,
                "",
                List.of(needs),
                List.of(),
                List.of(),
                Map.of(),
                1,
                List.of(),
                Optional.empty(),
                Duration.ofMinutes(10),
                1,
                new Retries(0, Duration.ZERO),
                Optional.empty(),
                new Estimate(
                        Optional.empty(),
                        OptionalLong.of(minutes * 500_000_000L),
                        OptionalLong.of(minutes * 1_000_000_000L)),
                false,
                Products.NONE);
        return new PlannedStep(
                step,
                action,
                reason,
                HASH,
                HASH,
                Map.of(),
                false,
                minutes == 0 ? Optional.empty() : Optional.of(Duration.ofMinutes(minutes)),
                reason.startsWith("drifted") ? done() : StepState.NONE);
    }

    private static StepState done() {
        String checkpoint = "{\"fingerprint\": \"" + HASH + "\", \"script\": \"" + HASH + "\"}";
        return new StepState(
                Optional.of(checkpoint),
                Checkpoint.parse(checkpoint),
                Optional.empty(),
                Optional.empty(),
                CheckResult.NONE);
    }

    static BoxState box(Optional<Holder> holder, Optional<LastRun> lastRun) {
        return new BoxState(
                "/workspace/flashvsr",
                "found",
                false,
                Map.of("gpu", "GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-1)", "free", "20000000000"),
                Optional.empty(),
                holder,
                lastRun,
                Map.of(),
                List.of());
    }
}
