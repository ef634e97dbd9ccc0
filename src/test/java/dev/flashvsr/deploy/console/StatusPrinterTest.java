package dev.flashvsr.deploy.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.plan.Action;
import dev.flashvsr.deploy.plan.BoxState;
import dev.flashvsr.deploy.plan.Holder;
import dev.flashvsr.deploy.plan.LastRun;
import dev.flashvsr.deploy.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusPrinterTest {
    private static final Plan PLAN = Plans.of(
            Plans.step("packages", "Compilers", Action.SKIP, "as wanted, done on 2026-11-20", 2),
            Plans.step("python", "Python", Action.RUN, "drifted: was done on 2026-11-20 but its check says no", 1),
            Plans.step("smoke", "Smoke", Action.RUN, "not there yet", 2));

    private final StatusPrinter printer = new StatusPrinter(Style.PLAIN, Hints.of("flashvsr-deploy", "a1"));

    @Test
    void saysWhatIsInstalledAndWhatHasDrifted() {
        assertThat(printed(Optional.empty(), lastRun(Optional.of("failed")))).isEqualTo("""
                a1: NVIDIA A100-SXM4-80GB, root /workspace/flashvsr (found there)

                  v packages  as wanted, done on 2026-11-20
                  ! python    drifted: was done on 2026-11-20 but its check says no
                  - smoke     not there yet

                1 of 3 steps as wanted, 1 drifted. flashvsr-deploy up a1 does the rest.
                Newest run: 20261120T100000Z-0a1b2c3d, failed.
                """);
    }

    @Test
    void namesWhoHoldsTheBox() {
        assertThat(printed(holder(true), lastRun(Optional.empty()))).endsWith("""
                Newest run: 20261120T100000Z-0a1b2c3d, going on.
                Held by run 20261120T100000Z-0a1b2c3d of eve from laptop since 2026-11-20 10:00 UTC; \
                flashvsr-deploy attach a1 follows it.
                """);
    }

    @Test
    void aRunWithoutEndAndWithoutRunnerIsCutOff() {
        assertThat(printed(holder(false), lastRun(Optional.empty())))
                .endsWith("Newest run: 20261120T100000Z-0a1b2c3d, cut off: its runner is gone.\n");
    }

    @Test
    void aBoxWithoutRunsSaysSo() {
        assertThat(printed(Optional.empty(), Optional.empty())).endsWith("No run yet.\n");
    }

    private String printed(Optional<Holder> holder, Optional<LastRun> lastRun) {
        BoxState box = Plans.box(holder, lastRun);
        return String.join("\n", printer.lines("a1", box, PLAN)) + "\n";
    }

    private static Optional<Holder> holder(boolean alive) {
        return Optional.of(new Holder(
                "20261120T100000Z-0a1b2c3d",
                Plans.HASH,
                "eve",
                "laptop",
                Optional.of(Instant.parse("2026-11-20T10:00:00Z")),
                "",
                alive));
    }

    private static Optional<LastRun> lastRun(Optional<String> end) {
        return Optional.of(new LastRun("20261120T100000Z-0a1b2c3d", end, Optional.of(Plans.HASH), List.of()));
    }
}
