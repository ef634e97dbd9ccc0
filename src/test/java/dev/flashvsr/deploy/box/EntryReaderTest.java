package dev.flashvsr.deploy.box;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashvsr.deploy.problem.DeployException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryReaderTest {
    private final List<String> found = new ArrayList<>();
    private final EntryReader reader =
            new EntryReader((name, bytes) -> found.add(name + "=" + new String(bytes, UTF_8)));

    private void take(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        reader.take(bytes, bytes.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 40_000, 1_000_000})
    void theSizeOfThePiecesChangesNothing(int size) {
        String large = "x\n".repeat(50_000);
        byte[] whole = ("a 2\n\n\n\nbig 100000\n" + large + "\nempty 0\n\n. 0\n\nmore").getBytes(UTF_8);
        for (int at = 0; at < whole.length; at += size) {
            byte[] piece = Arrays.copyOfRange(whole, at, Math.min(whole.length, at + size));
            reader.take(piece, piece.length);
        }

        Entries entries = reader.end();

        assertThat(found).containsExactly("a=\n\n", "big=" + large, "empty=");
        assertThat(entries.names()).containsExactly("a", "big", "empty");
        assertThat(entries.text("big")).contains(large);
    }

    @Test
    void anEntryIsToldOfWhenItIsThereAndNotBefore() {
        take("a 3\nx");
        assertThat(found).isEmpty();
        take("yz\nb 1");
        assertThat(found).containsExactly("a=xyz");
    }

    @Test
    void whatFollowsABreakIsNotReadAndTheBreakIsSaidAtTheEnd() {
        take("a 1\nx\n");
        take("rubbish\n");
        take("b 1\ny\n");

        assertThat(found).containsExactly("a=x");
        assertThatThrownBy(reader::end)
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("at byte 6 it reads: rubbish");
    }

    @Test
    void theByteOfABreakIsCountedFromTheBeginningOfAll() {
        for (int i = 0; i < 100; i++) {
            take("a" + i + " 1000\n" + "x".repeat(1000) + "\n");
        }
        take("rubbish\n");

        assertThatThrownBy(reader::end)
                .hasMessageContaining(
                        "at byte " + (100 * 1001 + 10 * "a0 1000\n".length() + 90 * "a00 1000\n".length()));
    }

    @Test
    void anAnswerThatIsCutOffIsNoAnswer() {
        take("a 1\nx\nb 5\nyy");

        assertThatThrownBy(reader::end).isInstanceOf(DeployException.class).hasMessageContaining("at byte 6");
    }
}
