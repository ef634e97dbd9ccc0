package dev.flashvsr.deploy.box;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TailTest {
    @Test
    void theLastFourKibibytesAreKept() {
        Tail tail = new Tail();
        tail.append("first ".getBytes(UTF_8), 0, 6);
        assertThat(tail.text()).isEqualTo("first ");
        byte[] much = "0123456789".repeat(1000).getBytes(UTF_8);
        tail.append(much, 0, much.length);
        tail.append("end".getBytes(UTF_8), 0, 3);
        assertThat(tail.text()).hasSize(4096).endsWith("789end");
    }
}
