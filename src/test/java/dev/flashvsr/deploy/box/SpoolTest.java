package dev.flashvsr.deploy.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SpoolTest {
    @Test
    void aReaderThatComesLateGetsAllInOrder() throws IOException {
        byte[] bytes = new byte[30 << 20];
        new Random(3).nextBytes(bytes);
        try (Spool spool = new Spool()) {
            int half = bytes.length / 2;
            for (int at = 0; at < half; at += 10_000) {
                spool.append(bytes, at, Math.min(10_000, half - at));
            }
            byte[] first = spool.readNBytes(half);
            spool.append(bytes, half, bytes.length - half);
            spool.end();
            assertThat(first).isEqualTo(java.util.Arrays.copyOf(bytes, half));
            assertThat(spool.readAllBytes()).isEqualTo(java.util.Arrays.copyOfRange(bytes, half, bytes.length));
        }
    }

    @Test
    void aFailureIsHeardAfterWhatCameBefore() throws IOException {
        try (Spool spool = new Spool()) {
            spool.append(new byte[] {7}, 0, 1);
            spool.fail(new IOException("cut"));
            assertThat(spool.read()).isEqualTo(7);
            assertThatThrownBy(spool::read).isInstanceOf(IOException.class).hasMessage("cut");
        }
    }

    @Test
    void closingWakesAReader() throws Exception {
        Spool spool = new Spool();
        Thread reader = new Thread(() -> assertThatThrownBy(spool::read).hasMessage("closed"));
        reader.start();
        spool.close();
        reader.join();
        spool.append(new byte[] {1}, 0, 1);
        assertThat(spool.available()).isZero();
    }
}
