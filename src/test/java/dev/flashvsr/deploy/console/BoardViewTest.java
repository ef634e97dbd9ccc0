package dev.flashvsr.deploy.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flashvsr.deploy.event.RunEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoardViewTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final BoardView view = new BoardView(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new Style(false, true),
            Hints.of("flashvsr-deploy", "a1"),
            Optional.empty(),
            () -> new TerminalSize(60, 24),
            Clock.fixed(Story.at(10), ZoneOffset.UTC));

    @Test
    void theBoardIsDrawnAgainInPlaceAndWhatIsDoneStaysAboveIt() {
        view.on(new RunEvent.StepStarted(Story.at(0), "a", 1, "run"));
        view.draw();
        assertThat(drawn()).isEqualTo("   00:10\n▸ a  00:10\n");
        view.on(new RunEvent.StepOutput(Story.at(9), "a", "hello"));
        view.draw();
        assertThat(drawn()).isEqualTo("\r\u001b[2A\u001b[0J   00:10\n▸ a  00:10\n    hello\n");
        view.on(new RunEvent.StepFinished(Story.at(10), "a", 1, Duration.ofSeconds(10)));
        view.draw();
        assertThat(drawn()).isEqualTo("\r\u001b[3A\u001b[0J✓ a: done in 10 s\n   00:10\n");
    }

    @Test
    void nothingIsWrittenWhenNothingChanged() {
        view.on(new RunEvent.StepStarted(Story.at(0), "a", 1, "run"));
        view.draw();
        drawn();
        view.draw();
        assertThat(drawn()).isEmpty();
    }

    @Test
    void closeErasesTheBoardAndLosesNothingThatWasTold() {
        view.on(new RunEvent.StepStarted(Story.at(0), "a", 1, "run"));
        view.draw();
        drawn();
        view.on(new RunEvent.StepSkipped(Story.at(1), "b", "same"));
        view.close();
        assertThat(drawn()).isEqualTo("\r\u001b[2A\u001b[0J= b: skipped, as wanted\n");
        view.close();
        assertThat(drawn()).isEmpty();
    }

    @Test
    void aThreadOfItsOwnDraws() {
        view.start();
        view.on(new RunEvent.StepStarted(Story.at(0), "a", 1, "run"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> out.toString(StandardCharsets.UTF_8).contains("▸ a"));
        view.close();
    }

    @Test
    void aBoardThatTheTerminalHasWrappedIsErasedWhole() {
        Screen screen = new Screen(new PrintStream(out, true, StandardCharsets.UTF_8));
        screen.draw(List.of(), List.of("x".repeat(50), "y"), 60);
        drawn();
        screen.draw(List.of(), List.of("x"), 20);
        assertThat(drawn()).isEqualTo("\r\u001b[4A\u001b[0Jx\n");
    }

    private String drawn() {
        String text = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return text;
    }
}
