package dev.flashvsr.deploy.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class VisibleStreamTest {
    private static final String SHOWN = "\u001b[1mcaf\u00e9\u001b[0m \u4f60 \ud83d\ude80 ok\n";

    @Test
    void nothingThatReordersReachesTheScreen() throws IOException {
        String text =
                "\u202e\u001b[1mcaf\u00e9\u2066\u001b[0m \u4f60\u200f \ud83d\ude80\u061c o\u009b\u2028k\n\udb40\udc41";
        assertThat(shown(text.getBytes(UTF_8), 1000)).isEqualTo(SHOWN);
        assertThat(shown(text.getBytes(UTF_8), 1)).isEqualTo(SHOWN);
        assertThat(shown(text.getBytes(UTF_8), 2)).isEqualTo(SHOWN);
    }

    private static String shown(byte[] bytes, int piece) throws IOException {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        try (VisibleStream stream = new VisibleStream(screen)) {
            for (int at = 0; at < bytes.length; at += piece) {
                stream.write(bytes, at, Math.min(piece, bytes.length - at));
            }
        }
        return screen.toString(UTF_8);
    }
}
