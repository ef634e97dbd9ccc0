package dev.flashvsr.deploy.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowFrameTest {
    private static final String MARK = "0123456789abcdef0123456789abcdef";

    private static FollowFrame.Reader reader(String text) {
        return new FollowFrame.Reader(new ByteArrayInputStream(text.getBytes(ISO_8859_1)), MARK);
    }

    @Test
    void readsEachKindInTurnAndThenTheEnd() throws IOException {
        FollowFrame.Reader reader = reader(MARK + " runs/r/events 7 3\na\nb\n" + MARK + " @runner 0 5\nalive\n" + MARK
                + " . 0 0\n\n" + MARK + " @dropped 0 6\nruns/x\n");

        assertThat(reader.next()).get().isInstanceOfSatisfying(FollowFrame.Bytes.class, bytes -> {
            assertThat(bytes.path()).isEqualTo("runs/r/events");
            assertThat(bytes.offset()).isEqualTo(7);
            assertThat(new String(bytes.data(), ISO_8859_1)).isEqualTo("a\nb");
        });
        assertThat(reader.next()).contains(new FollowFrame.Runner("alive"));
        assertThat(reader.next()).contains(new FollowFrame.Idle());
        assertThat(reader.next()).contains(new FollowFrame.Dropped("runs/x"));
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void dataMayHoldTheMarkItself() throws IOException {
        String inside = MARK + " . 0 0\n\n";

        FollowFrame.Reader reader = reader(MARK + " log 0 " + inside.length() + "\n" + inside + "\n");

        assertThat(reader.next())
                .get()
                .isInstanceOfSatisfying(
                        FollowFrame.Bytes.class,
                        bytes ->
                                assertThat(new String(bytes.data(), ISO_8859_1)).isEqualTo(inside));
        assertThat(reader.next()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rubbish\n",
                "ffffffffffffffffffffffffffffffff . 0 0\n\n",
                MARK + " log 0 65537\n",
                MARK + " log 0 999999999999\n",
                MARK + " log -1 0\n\n",
                MARK + " log 0 -1\n\n",
                MARK + " log 9999999999999999999 0\n\n",
                MARK + " log x 0\n\n",
                MARK + " log 0\n\n",
                MARK + " log 0 0 0\n\n",
                MARK + " log 0 1\nab\n",
                "\n"
            })
    void whatIsNoFrameBreaksTheStreamOff(String text) {
        assertThatThrownBy(() -> reader(text).next()).isInstanceOf(IOException.class);
    }

    @Test
    void aStreamThatEndsWithinAFrameIsNoEnd() {
        assertThatThrownBy(() -> reader(MARK + " log 0 10\nabc").next()).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> reader(MARK + " log").next()).isInstanceOf(EOFException.class);
    }

    @Test
    void aHeaderWithoutEndIsNotReadToItsEnd() {
        assertThatThrownBy(() -> reader("x".repeat(100_000)).next())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a frame");
    }

    @Test
    void anyBytesEndInFramesOrAnIoException() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(8); i >= 0; i--) {
                text.append(
                        switch (random.nextInt(6)) {
                            case 0 -> MARK + " log 0 3\nabc\n";
                            case 1 -> MARK + " ";
                            case 2 -> "\n";
                            case 3 -> " 0 2";
                            case 4 -> Character.toString((char) random.nextInt(256));
                            default -> "@dropped 0 1\n";
                        });
            }
            FollowFrame.Reader reader = reader(text.toString());
            try {
                for (Optional<FollowFrame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                    assertThat(frame).isNotNull();
                }
            } catch (IOException e) {
                assertThat(reader).isNotNull(); // as it should be; any other exception fails the test
            }
        }
    }
}
