package dev.flashvsr.deploy.box;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramedInputTest {
    private static final String MARK = "0123456789abcdef0123456789abcdef";

    /** Gives so many bytes at a time, as links do. */
    private static InputStream inPieces(String text, int size) {
        return new ByteArrayInputStream(text.getBytes(ISO_8859_1)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(size, length));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 33, 1000})
    void theOutputIsCutOutWhereverTheLinkCutsIt(int size) throws IOException {
        String output = "line\n0\n01234\n" + MARK + "\n" + MARK + " en\n";
        FramedInput input = new FramedInput(
                inPieces("noise\n" + MARK + " 77\n…" + MARK + " begin\n" + output + MARK + " end 42\nmore", size),
                MARK);
        StringBuilder noise = new StringBuilder();
        assertThat(input.awaitFirstWord(noise)).contains("begin");
        assertThat(noise).contains("noise");
        assertThat(new String(input.readAllBytes(), ISO_8859_1)).isEqualTo(output);
        assertThat(input.status()).hasValue(42);
        assertThat(input.read()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0123", MARK, MARK + " end ", MARK + " end 4", MARK + " end x\n", MARK + " end 99999\n"})
    void anOutputThatIsCutOffHasNoStatus(String tail) throws IOException {
        FramedInput input = new FramedInput(inPieces(MARK + " begin\nsome\n" + tail, 5), MARK);
        assertThat(input.awaitFirstWord(new StringBuilder())).contains("begin");
        assertThat(new String(input.readAllBytes(), ISO_8859_1)).startsWith("some\n");
        assertThat(input.status()).isEmpty();
    }

    @Test
    void aWholeLineIsNotHeldBack() throws IOException {
        FramedInput input = new FramedInput(
                new InputStream() {
                    private final InputStream first = inPieces(MARK + " begin\nline\n", 1000);

                    @Override
                    public int read() {
                        throw new AssertionError("asked for more than there is");
                    }

                    @Override
                    public int read(byte[] target, int offset, int length) throws IOException {
                        int read = first.read(target, offset, length);
                        return read < 0 ? read() : read;
                    }
                },
                MARK);
        input.awaitFirstWord(new StringBuilder());
        assertThat(new String(input.readNBytes(5), ISO_8859_1)).isEqualTo("line\n");
    }

    @Test
    void withoutABeginThereIsNoWord() throws IOException {
        StringBuilder noise = new StringBuilder();
        assertThat(new FramedInput(inPieces("bye", 10), MARK).awaitFirstWord(noise))
                .isEmpty();
        assertThat(noise).hasToString("bye");
    }
}
