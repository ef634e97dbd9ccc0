package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.event.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A run with one of everything, told in events. */
final class Story {
    static final Instant BEGIN = Instant.parse("2026-11-20T10:00:00Z");

    private Story() {}

    static Instant at(long seconds) {
        return BEGIN.plusSeconds(seconds);
    }

    static List<RunEvent> events() {
        return List.of(
                new RunEvent.RunStarted(at(0), "20261120T100000Z-0a1b2c3d", "a1", "/workspace/flashvsr", false),
                new RunEvent.BoxInspected(
                        at(0),
                        "a1",
                        "/workspace/flashvsr",
                        "chosen",
                        Map.of("gpu", "GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-1)"),
                        List.of()),
                new RunEvent.PlanReady(
                        at(1),
                        List.of(
                                line("packages", "skip", "as wanted", Optional.empty()),
                                line("conda", "adopt", "as wanted already", Optional.empty()),
                                line("pytorch", "run", "not there yet", Optional.of(Duration.ofMinutes(5))),
                                line("attention", "resume", "exit 137", Optional.of(Duration.ofMinutes(20))),
                                line("weights", "run", "not there yet", Optional.empty()),
                                line("smoke", "unknown", "decided on the box", Optional.of(Duration.ofMinutes(2))))),
                new RunEvent.StepSkipped(at(1), "packages", "same"),
                new RunEvent.StepAdopted(at(2), "conda"),
                new RunEvent.StepStarted(at(3), "pytorch", 1, "run"),
                new RunEvent.StepReattached(at(3), "weights", 2, Duration.ofSeconds(95)),
                new RunEvent.StepOutput(at(4), "pytorch", "Collecting numpy"),
                new RunEvent.StepProgress(at(60), "weights", 0.42, "3/7, 2.9 GB, 30 MB/s"),
                new RunEvent.LinkLost(at(70), "no answer for 15 s", OptionalInt.empty()),
                new RunEvent.LinkRestored(at(82), Duration.ofSeconds(12)),
                new RunEvent.StepFinished(at(188), "pytorch", 1, Duration.ofSeconds(185)),
                new RunEvent.StepStarted(at(188), "attention", 3, "resume"),
                new RunEvent.StepOutput(at(200), "attention", "[17/25] nvcc flash_fwd.cu"),
                new RunEvent.StepProgress(at(200), "attention", 0.68, "[17/25]"),
                new RunEvent.StepRetrying(at(260), "attention", 3, "75", Duration.ofSeconds(10)),
                new RunEvent.StepStarted(at(270), "attention", 4, "run"),
                new RunEvent.StepFailed(
                        at(390),
                        "attention",
                        4,
                        "137",
                        "exit",
                        Duration.ofSeconds(120),
                        List.of("[18/25] nvcc flash_bwd.cu", "nvcc error: 'cicc' died due to signal 9"),
                        Optional.of("The compiler was killed for memory.\nUse fewer jobs.")),
                new RunEvent.StepBlocked(at(390), "smoke", "attention"),
                new RunEvent.Notice(at(391), "the reserve was given up: / is full"),
                new RunEvent.StepFinished(at(3700), "weights", 2, Duration.ofSeconds(3792)),
                new RunEvent.StepOffered(at(3700), "attention", "0".repeat(64)),
                new RunEvent.StepResults(at(3700), "smoke", Map.of("a.png", "/here/a.png")),
                new RunEvent.TransferStarted(at(3700), "a.whl", RunEvent.Way.FROM_BOX, 60_000_000),
                new RunEvent.TransferProgress(at(3702), "a.whl", RunEvent.Way.FROM_BOX, 30_000_000, 60_000_000),
                new RunEvent.TransferFinished(
                        at(3704), "a.whl", RunEvent.Way.FROM_BOX, 60_000_000, 60_000_000, Duration.ofSeconds(4)),
                new RunEvent.RunFinished(
                        at(3700),
                        "20261120T100000Z-0a1b2c3d",
                        "failed",
                        Duration.ofSeconds(3700),
                        OptionalDouble.of(1.5417)));
    }

    private static RunEvent.PlanLine line(String id, String action, String reason, Optional<Duration> expected) {
        return new RunEvent.PlanLine(id, "Title of " + id, action, reason, expected);
    }
}
