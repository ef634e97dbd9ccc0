package dev.flashvsr.deploy.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.event.RunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainViewTest {
    private final List<String> lines = new ArrayList<>();
    private final PlainView view =
            new PlainView(lines::add, Hints.of("flashvsr-deploy", "a1"), Optional.of(new Price(1.5, "USD")));

    @Test
    void aRunIsToldInLinesThatStay() {
        Story.events().forEach(view::on);
        assertThat(String.join("\n", lines) + "\n").isEqualTo("""
                00:00  a1: run 20261120T100000Z-0a1b2c3d, in /workspace/flashvsr
                00:00  a1: NVIDIA A100-SXM4-80GB, root /workspace/flashvsr (chosen)
                00:01  plan: 6 steps: 1 skip, 1 adopt, 2 run, 1 resume, 1 unknown
                00:01  packages: skipped, as wanted
                00:02  conda: as wanted already, recorded
                00:03  pytorch: started
                00:03  weights: already running for 1 min 35 s (attempt 2)
                00:04  pytorch | Collecting numpy
                01:10  link lost (no answer for 15 s); what runs on the box goes on, reconnecting
                01:22  link restored after 12 s
                03:08  pytorch: done in 3 min 05 s
                03:08  attention: resumed (attempt 3)
                03:20  attention | [17/25] nvcc flash_fwd.cu
                04:20  attention: attempt 3 ended (exit 75), tried again in 10 s
                04:30  attention: started (attempt 4)
                06:30  attention: FAILED after 2 min (attempt 4): it ended with exit 137, killed by SIGKILL
                         the end of its log:
                           | [18/25] nvcc flash_bwd.cu
                           | nvcc error: 'cicc' died due to signal 9
                         what is known: The compiler was killed for memory.
                           Use fewer jobs.
                         what to do next:
                           flashvsr-deploy logs a1 attention   shows the whole log
                           flashvsr-deploy up a1   goes on from here; what is done stays done
                06:30  smoke: not started, as attention failed
                06:31  the reserve was given up: / is full
                1:01:40  weights: done in 1 h 03 min, at attempt 2
                1:01:40  attention: what it builds was kept here from an earlier box, and is on this one now
                1:01:40  smoke: its results are here
                           /here/a.png
                1:01:40  a.whl: coming from the box, 60 MB
                1:01:44  a.whl: here, 60 MB in 4 s
                1:01:40  failed after 1 h 02 min, 1.54 USD; flashvsr-deploy up a1 goes on from here
                """);
    }

    @Test
    void aTransferIsToldByItsBeginItsEndAndNowAndThenHowFarItIs() {
        view.on(new RunEvent.TransferStarted(Story.at(0), "weights", RunEvent.Way.DOWNLOAD, 6_900_000_000L));
        for (int second = 0; second < 70; second += 10) {
            view.on(new RunEvent.TransferProgress(
                    Story.at(second), "weights", RunEvent.Way.DOWNLOAD, second * 50_000_000L, 6_900_000_000L));
        }
        view.on(new RunEvent.TransferFinished(
                Story.at(90),
                "weights",
                RunEvent.Way.DOWNLOAD,
                6_900_000_000L,
                6_900_000_000L,
                Duration.ofSeconds(90)));
        view.on(new RunEvent.TransferFinished(
                Story.at(91), "a.whl", RunEvent.Way.TO_BOX, 800_000, 1_200_000, Duration.ofSeconds(1)));
        assertThat(lines)
                .containsExactly(
                        "00:00  weights: being downloaded here, 6.9 GB",
                        "00:30  weights | 22 % 1.5 of 6.9 GB",
                        "01:00  weights | 43 % 3 of 6.9 GB",
                        "01:30  weights: here, 6.9 GB in 1 min 30 s",
                        "01:31  a.whl: stopped at 800 kB of 1.2 MB");
    }

    @Test
    void anAttemptThatWasCutOffIsTriedAgain() {
        view.on(new RunEvent.StepRetrying(Story.at(0), "x", 2, "none", Duration.ZERO));
        assertThat(lines).containsExactly("00:00  x: attempt 2 ended (cut off), tried again at once");
    }

    @Test
    void whatATerminalWouldObeyIsTakenOut() {
        view.on(new RunEvent.StepOutput(Story.at(0), "x", "a\u001b[2Jb\u0007"));
        assertThat(lines).containsExactly("00:00  x | ab");
    }

    @Test
    void progressIsToldOnlyOfAStepThatPrintsNothingItself() {
        for (int second = 0; second < 100; second++) {
            view.on(new RunEvent.StepProgress(Story.at(second), "weights", second / 100.0, "3/7"));
            view.on(new RunEvent.StepProgress(Story.at(second), "build", second / 100.0, "[3/7]"));
            view.on(new RunEvent.StepOutput(Story.at(second), "build", "compiling"));
        }
        assertThat(lines.stream().filter(line -> line.contains("weights")))
                .containsExactly("00:30  weights | 30 % 3/7", "01:00  weights | 60 % 3/7", "01:30  weights | 90 % 3/7");
        assertThat(lines.stream().filter(line -> line.contains("%"))).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            ok!        00:00  done in 1 min, 0.03 USD
            detached!  00:00  the run goes on on the box; flashvsr-deploy attach a1 follows it
            cancelled! 00:00  cancelled after 1 min, 0.03 USD; flashvsr-deploy up a1 goes on from here
            """)
    void theEndSaysWhatToDoNext(String result, String line) {
        view.on(new RunEvent.RunFinished(Story.at(0), "run", result, Duration.ofMinutes(1), OptionalDouble.of(0.025)));
        assertThat(lines).containsExactly(line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            timeout;     timeout;   it ran longer than its time limit
            log-limit;   log-limit; it printed more than its log limit
            check;       0;         it ended without an error, but its check still says no
            unconfirmed; 0;         it ended without an error, but its check could not tell whether all is as wanted
            cut-off;     none;        it was cut off: its process is gone and left no exit status
            cancelled;   cancelled; it was cancelled
            exit;        2;         it ended with exit 2
            exit;        139;       it ended with exit 139, killed by SIGSEGV
            exit;        192;       it ended with exit 192, killed by signal 64
            exit;        193;       it ended with exit 193
            """)
    void everyCauseOfAFailureIsASentence(String cause, String exit, String sentence) {
        view.on(new RunEvent.StepFailed(
                Story.at(0), "x", 1, exit, cause, Duration.ofSeconds(3), List.of(), Optional.empty()));
        assertThat(lines.get(0)).isEqualTo("00:00  x: FAILED after 3 s: " + sentence);
    }
}
