package dev.flashvsr.deploy.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventJsonTest {
    private static final Instant TS = Instant.parse("2026-11-01T10:00:00Z");

    @Test
    void namesWhatHappenedAndGivesSeconds() {
        assertThat(Json.compact(EventJson.of(new RunEvent.StepFinished(TS, "python", 2, Duration.ofMillis(61_500)))))
                .isEqualTo("{\"ts\":\"2026-11-01T10:00:00Z\",\"event\":\"step.finished\",\"step\":\"python\","
                        + "\"attempt\":2,\"seconds\":61.5}");
    }

    @Test
    void aTransferSaysWhichWayAndHowFar() {
        assertThat(Json.compact(EventJson.of(new RunEvent.TransferFinished(
                        TS, "a.whl", RunEvent.Way.FROM_BOX, 7, 7, Duration.ofSeconds(2)))))
                .isEqualTo("{\"ts\":\"2026-11-01T10:00:00Z\",\"event\":\"transfer.finished\",\"file\":\"a.whl\","
                        + "\"way\":\"from-box\",\"bytes\":7,\"total\":7,\"seconds\":2.0}");
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        assertThat(Json.compact(EventJson.of(
                        new RunEvent.RunFinished(TS, "r", "ok", Duration.ofSeconds(1), OptionalDouble.empty()))))
                .doesNotContain("cost");
    }

    @ParameterizedTest
    @MethodSource("oneOfEach")
    void everyKindHasAForm(RunEvent event) {
        assertThat(EventJson.of(event).string("event")).matches("[a-z]+(\\.[a-z]+)?");
    }

    @Test
    void theListOfKindsIsWhole() {
        assertThat(oneOfEach().<Class<?>>map(Object::getClass))
                .containsExactlyInAnyOrder(RunEvent.class.getPermittedSubclasses());
    }

    static Stream<RunEvent> oneOfEach() {
        Duration time = Duration.ofSeconds(3);
        return Stream.of(
                new RunEvent.RunStarted(TS, "run", "box", "/w", false),
                new RunEvent.BoxInspected(TS, "box", "/w", "chosen", Map.of("gpu", "NVIDIA A100"), List.of()),
                new RunEvent.PlanReady(
                        TS, List.of(new RunEvent.PlanLine("a", "A", "run", "not there yet", Optional.of(time)))),
                new RunEvent.StepStarted(TS, "a", 1, "run"),
                new RunEvent.StepReattached(TS, "a", 1, time),
                new RunEvent.StepOutput(TS, "a", "line"),
                new RunEvent.StepProgress(TS, "a", 0.5, "[1/2]"),
                new RunEvent.StepRetrying(TS, "a", 1, "75", time),
                new RunEvent.StepSkipped(TS, "a", "same"),
                new RunEvent.StepAdopted(TS, "a"),
                new RunEvent.StepOffered(TS, "a", "0".repeat(64)),
                new RunEvent.StepResults(TS, "a", Map.of("a/x.png", "/here/x.png")),
                new RunEvent.TransferStarted(TS, "a.whl", RunEvent.Way.TO_BOX, 7),
                new RunEvent.TransferProgress(TS, "a.whl", RunEvent.Way.DOWNLOAD, 3, 7),
                new RunEvent.TransferFinished(TS, "a.whl", RunEvent.Way.FROM_BOX, 7, 7, time),
                new RunEvent.StepFinished(TS, "a", 1, time),
                new RunEvent.StepFailed(TS, "a", 1, "1", "exit", time, List.of("no"), Optional.of("why")),
                new RunEvent.StepBlocked(TS, "b", "a"),
                new RunEvent.LinkLost(TS, "reset", OptionalInt.of(1)),
                new RunEvent.LinkRestored(TS, time),
                new RunEvent.Notice(TS, "text"),
                new RunEvent.RunFinished(TS, "run", "ok", time, OptionalDouble.of(1.5)));
    }
}
