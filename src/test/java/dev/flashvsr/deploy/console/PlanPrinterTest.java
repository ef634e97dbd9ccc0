package dev.flashvsr.deploy.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.plan.Action;
import dev.flashvsr.deploy.plan.Plan;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanPrinterTest {
    private static final Optional<BoxLine> BOX =
            Optional.of(BoxLine.of("a1", Plans.box(Optional.empty(), Optional.empty())));

    private final PlanPrinter printer = new PlanPrinter(Style.PLAIN, Optional.of(new Price(1.5, "USD")));

    @Test
    void aPlanIsOneLineAStepAndOneSentence() {
        Plan plan = Plans.of(
                Plans.step("packages", "Compilers", Action.SKIP, "as wanted, done on 2026-11-20", 2),
                Plans.step("conda", "Miniforge", Action.ADOPT, "as wanted already: it is recorded, nothing is run", 1),
                Plans.step("python", "Python", Action.RUN, "drifted: was done on 2026-11-20 but its check says no", 1),
                Plans.step(
                        "pytorch",
                        "PyTorch",
                        Action.RERUN,
                        "torch_version changed from \"2.5.0\" to \"2.5.1\"",
                        5,
                        "python"),
                Plans.step("source", "FlashVSR", Action.RUN, "not there yet", 0),
                Plans.step("attention", "Attention", Action.RESUME, "attempt 2 ended with exit 137", 20, "pytorch"),
                Plans.step("weights", "Weights", Action.REATTACH, "attempt 1 is still running", 5),
                Plans.step("smoke", "Smoke", Action.UNKNOWN, "decided on the box, after attention", 2, "attention"));
        assertThat(printed(BOX, plan)).isEqualTo("""
                a1: NVIDIA A100-SXM4-80GB, root /workspace/flashvsr (found there)

                  + run
                  > go on with what failed or was cut off
                  ~ run again, for a change
                  ! drifted: was done, is no longer so, run again
                  @ running already: follow
                  ? decided on the box
                  * as wanted already: record it
                  = as wanted

                  = packages   Compilers: as wanted, done on 2026-11-20
                  * conda      Miniforge: as wanted already: it is recorded, nothing is run
                  ! python     Python: drifted: was done on 2026-11-20 but its check says no, about 1 min
                  ~ pytorch    PyTorch: torch_version changed from "2.5.0" to "2.5.1", about 5 min
                  + source     FlashVSR: not there yet
                  > attention  Attention: attempt 2 ended with exit 137, about 20 min
                  @ weights    Weights: attempt 1 is still running, about 5 min
                  ? smoke      Smoke: decided on the box, after attention, about 2 min

                1 to run, 1 to resume, 1 to run again, 1 drifted, 1 running already, 1 decided on the box, 1 to record, \
                1 as wanted: about 26 min (at most 28 min), 16 GB (at most 17 GB) to download, 31 GB (at most 33 GB) \
                of disk (20 GB free: TOO LITTLE), 0.65 USD (at most 0.70 USD) at 1.50 USD/h (without 1 step of which no time is \
                known). Nothing has been changed.
                """);
    }

    @Test
    void nothingToDoIsItsOwnSentence() {
        Plan plan = Plans.of(
                Plans.step("a", "First", Action.SKIP, "as wanted", 1),
                Plans.step("b", "Second", Action.SKIP, "as wanted", 1));
        assertThat(printed(BOX, plan)).endsWith("""
                  = as wanted

                  = a  First: as wanted
                  = b  Second: as wanted

                Nothing to do: 2 steps as wanted. Nothing has been changed.
                """);
    }

    @Test
    void withoutBoxPriceAndEstimatesTheFiguresAreLeftOut() {
        Plan plan = Plans.of(Plans.step("a", "First", Action.RUN, "not there yet", 0));
        assertThat(String.join("\n", new PlanPrinter(Style.PLAIN, Optional.empty()).lines(Optional.empty(), plan)))
                .startsWith("No box was asked: what each step takes")
                .endsWith("1 to run (without 1 step of which no time is known). Nothing has been changed.");
    }

    @Test
    void coloursAreAroundTheSignOnly() {
        Plan plan = Plans.of(Plans.step("a", "First", Action.RUN, "not there yet", 1));
        assertThat(new PlanPrinter(new Style(true, true), Optional.empty()).lines(BOX, plan))
                .contains("  \u001b[32m+\u001b[0m a  First: not there yet, about 1 min");
    }

    @Test
    void theBoxLineSaysWhereAndWhy() {
        assertThat(new BoxLine("a1", Optional.empty(), "/data/flashvsr", "chosen", true, Optional.empty()))
                .hasToString("a1: no GPU seen, root /data/flashvsr (chosen, not there yet)");
    }

    private String printed(Optional<BoxLine> box, Plan plan) {
        return String.join("\n", printer.lines(box, plan)) + "\n";
    }
}
