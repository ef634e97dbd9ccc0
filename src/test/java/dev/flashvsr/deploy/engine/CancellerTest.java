package dev.flashvsr.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is made of a box's answer to who cancels, without one. */
@Timeout(20)
class CancellerTest {
    @Test
    void cancellingSaysWhatEnded() {
        ScriptedBox box = new ScriptedBox().answering("cancel", "cancelled", "r1\n", "ended/a", "", "ended/b", "");

        assertThat(new Canceller(new Random(1)).cancel(box, "/w")).contains(new Cancelled("r1", List.of("a", "b")));
        assertThat(new Canceller(new Random(1)).cancel(new ScriptedBox().answering("cancel"), "/w"))
                .isEmpty();
    }
}
