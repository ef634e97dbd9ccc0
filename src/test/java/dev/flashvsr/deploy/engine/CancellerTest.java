package dev.flashvsr.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is made of a box's answer to who cancels, without one. */
@Timeout(20)
class CancellerTest {
    @Test
    void cancellingSaysWhatEnded() {
        ScriptedBox box = new ScriptedBox().answering("cancel", "cancelled", "r1\n", "ended/a", "", "ended/b", "");

        assertThat(new Canceller(new Random(1)).cancel(box, "/w"))
                .contains(new Cancelled("r1", List.of("a", "b"), Map.of(), Optional.empty()));
        assertThat(new Canceller(new Random(1)).cancel(new ScriptedBox().answering("cancel"), "/w"))
                .isEmpty();
    }

    @Test
    void whatLivesOnIsNoEnd() {
        ScriptedBox box = new ScriptedBox()
                .answering("cancel", "cancelled", "r1", "ended/a", "", "living/b", "17 18", "living.runner", "16");

        assertThat(new Canceller(new Random(1)).cancel(box, "/w")).get().satisfies(cancelled -> {
            assertThat(cancelled.isOver()).isFalse();
            assertThat(cancelled.living()).containsExactly(Map.entry("b", "17 18"));
            assertThat(cancelled.runner()).contains("16");
        });
    }
}
