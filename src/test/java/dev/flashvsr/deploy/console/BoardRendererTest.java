package dev.flashvsr.deploy.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.event.RunEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardRendererTest {
    private static final TerminalSize WIDE = new TerminalSize(100, 30);

    private final BoardRenderer renderer =
            new BoardRenderer(new Style(false, true), Optional.of(new Price(1.5, "USD")));

    @Test
    void aHeaderAndEachRunningStepWithItsLastLine() {
        assertThat(board(story(201), WIDE, 201)).isEqualTo("""
                a1   NVIDIA A100-SXM4-80GB   03:21   0.08 USD   3 of 6 steps
                ▸ weights    ████████░░░░░░░░░░░░  42 %  04:53, attempt 2  3/7, 2.9 GB, 30 MB/s
                ▸ attention  ██████████████░░░░░░  68 %  00:13, attempt 3, about 20 min left  [17/25]
                    [17/25] nvcc flash_fwd.cu
                """);
    }

    @Test
    void aLostLinkIsALineThatSaysThatTheRunGoesOn() {
        assertThat(board(story(75), WIDE, 75))
                .contains("! link lost for 00:05: what runs on the box goes on; reconnecting\n");
        assertThat(board(story(82), WIDE, 82)).doesNotContain("link");
    }

    @Test
    void aStepThatWaitsSaysWhenItGoesOn() {
        assertThat(board(story(262), WIDE, 262)).contains("~ attention  attempt 3 failed, next in 00:08\n");
    }

    @Test
    void withoutARunOrAfterItThereIsNoBoard() {
        assertThat(renderer.lines(BoardState.EMPTY, WIDE, Story.at(0))).isEmpty();
        assertThat(board(story(4000), WIDE, 4000)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"20, 4", "40, 6", "60, 8", "79, 24", "132, 50"})
    void everyLineIsNarrowerAndTheBoardLowerThanTheTerminal(int columns, int rows) {
        BoardState state = Stream.iterate(0, i -> i + 1)
                .limit(8)
                .<RunEvent>mapMulti((i, events) -> {
                    events.accept(new RunEvent.StepStarted(Story.at(0), "你好-step-with-a-long-name-" + i, 1, "run"));
                    events.accept(
                            new RunEvent.StepOutput(Story.at(1), "你好-step-with-a-long-name-" + i, "字".repeat(200)));
                    events.accept(new RunEvent.StepProgress(
                            Story.at(1), "你好-step-with-a-long-name-" + i, 0.5, "label ".repeat(30)));
                })
                .reduce(BoardState.EMPTY, BoardState::after, (a, b) -> b);
        List<String> lines = renderer.lines(state, new TerminalSize(columns, rows), Story.at(60));
        assertThat(lines)
                .hasSizeLessThan(rows)
                .allSatisfy(line -> assertThat(Columns.of(line)).isLessThan(columns));
    }

    @Test
    void onALowTerminalOutputGoesFirstThenSteps() {
        BoardState state = story(201);
        assertThat(renderer.lines(state, new TerminalSize(100, 4), Story.at(201)))
                .hasSize(3)
                .noneMatch(line -> line.contains("nvcc"));
        BoardState third = state.after(new RunEvent.StepStarted(Story.at(201), "smoke", 1, "run"));
        assertThat(renderer.lines(third, new TerminalSize(100, 4), Story.at(201)))
                .hasSize(3)
                .endsWith("  and 2 more");
    }

    @Test
    void asciiTerminalsGetAsciiAndColoursOnlyWhereWanted() {
        BoardState state = story(201).after(new RunEvent.StepOutput(Story.at(201), "weights", "é\u001b[31m你"));
        assertThat(new BoardRenderer(Style.PLAIN, Optional.empty()).lines(state, WIDE, Story.at(201)))
                .allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c < 127))
                .contains("    ??");
        assertThat(new BoardRenderer(new Style(true, true), Optional.empty()).lines(state, WIDE, Story.at(201)))
                .contains("\u001b[2m    é你\u001b[0m");
    }

    @Test
    void theForecastComesFromTheProgressThatWasSeen() {
        BoardState state = begun("build", Optional.of(Duration.ofHours(1)))
                .after(progress(10, 0.5))
                .after(progress(70, 0.75));
        assertThat(board(state, WIDE, 70)).contains("about 1 min left");
        assertThat(board(state, WIDE, 100)).contains("about 30 s left");
        assertThat(board(state, WIDE, 200)).contains("nearly done");
    }

    @Test
    void progressThatWentBackForetellsNothing() {
        BoardState state = begun("build", Optional.empty())
                .after(progress(10, 0.5))
                .after(progress(70, 0.9))
                .after(progress(80, 0.1));
        assertThat(board(state, WIDE, 90)).doesNotContain("left");
    }

    @Test
    void withoutProgressTheExpectedTimeTellsAndItSaysWhenThatIsOver() {
        BoardState state = begun("build", Optional.of(Duration.ofMinutes(5)));
        assertThat(board(state, WIDE, 60)).contains("▸ build  01:00, about 4 min left\n");
        assertThat(board(state, WIDE, 400)).contains("▸ build  06:40, longer than the expected 5 min\n");
        assertThat(board(begun("build", Optional.empty()), WIDE, 60)).contains("▸ build  01:00\n");
    }

    @Test
    void aStepThatFinishesTwiceCountsOnce() {
        RunEvent finished = new RunEvent.StepFinished(Story.at(5), "build", 1, Duration.ofSeconds(5));
        BoardState state = begun("build", Optional.empty()).after(finished).after(finished);
        assertThat(board(state, WIDE, 6)).contains("1 of 1 step\n");
    }

    @Test
    void aSecondLossKeepsTheTimeOfTheFirst() {
        BoardState state = begun("build", Optional.empty())
                .after(new RunEvent.LinkLost(Story.at(10), "reset", OptionalInt.empty()))
                .after(new RunEvent.LinkLost(Story.at(20), "refused", OptionalInt.of(2)));
        assertThat(board(state, WIDE, 30)).contains("link lost for 00:20");
    }

    private String board(BoardState state, TerminalSize size, long second) {
        List<String> lines = renderer.lines(state, size, Story.at(second));
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static BoardState story(long until) {
        return Story.events().stream()
                .filter(event -> !event.ts().isAfter(Story.at(until)))
                .reduce(BoardState.EMPTY, BoardState::after, (a, b) -> b);
    }

    private static BoardState begun(String step, Optional<Duration> expected) {
        return BoardState.EMPTY
                .after(new RunEvent.BoxInspected(Story.at(0), "a1", "/w", "chosen", Map.of(), List.of()))
                .after(new RunEvent.PlanReady(
                        Story.at(0), List.of(new RunEvent.PlanLine(step, step, "run", "not there yet", expected))))
                .after(new RunEvent.StepStarted(Story.at(0), step, 1, "run"));
    }

    private static RunEvent progress(long second, double fraction) {
        return new RunEvent.StepProgress(Story.at(second), "build", fraction, "");
    }
}
