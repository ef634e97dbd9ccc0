package dev.flashvsr.deploy.box;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashvsr.deploy.problem.DeployException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntriesTest {
    @Test
    void whatIsWrittenIsRead() throws IOException {
        byte[] bytes = {0, '\n', -1, 13};
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new EntryWriter(out)
                .add("steps/a-1/vars/X@y+", bytes)
                .add("empty", "")
                .add("word", " ü \n")
                .add("streamed", 2, new ByteArrayInputStream(new byte[] {1, 2, 3}))
                .end();
        Entries entries = Entries.parse(out.toByteArray());
        assertThat(entries.names()).containsExactly("steps/a-1/vars/X@y+", "empty", "word", "streamed");
        assertThat(entries.bytes("steps/a-1/vars/X@y+")).contains(bytes);
        assertThat(entries.text("empty")).contains("");
        assertThat(entries.word("empty")).isEmpty();
        assertThat(entries.word("word")).contains("ü");
        assertThat(entries.bytes("absent")).isEmpty();
        assertThat(entries.under("steps").under("a-1").names()).containsExactly("vars/X@y+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a 1\nxy\n",
                "a 2\nx\n",
                "a 1\nx",
                "a 1\n",
                "a",
                "a x\nx\n",
                "a -1\n\n",
                "a 99999999999\n\n",
                "a 9999999999\n\n",
                "../a 1\nx\n",
                "/a 1\nx\n",
                "a/./b 1\nx\n",
                "a//b 1\nx\n",
                "a/ 1\nx\n",
                "ä 1\nx\n",
                ". 1\nx\n",
                "a 1\nx\na 1\nx\n"
            })
    void whatIsNotAsAgreedIsRefused(String text) {
        assertThatThrownBy(() -> Entries.parse(text.getBytes(UTF_8)))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("not as agreed");
    }

    @Test
    void entriesWithoutNumberAreRefused() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i <= 20_000; i++) {
            many.append('a').append(i).append(" 0\n\n");
        }
        assertThatThrownBy(() -> Entries.parse(many.toString().getBytes(UTF_8)))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("more than 20000 entries");
    }

    @Test
    void aNameWithoutEndIsRefusedEarly() {
        assertThatThrownBy(() -> Entries.parse("a".repeat(10_000_000).getBytes(UTF_8)))
                .isInstanceOf(DeployException.class);
    }

    @Test
    void escapesInABrokenAnswerAreNotShown() {
        assertThatThrownBy(() -> Entries.parse("\u001b[2Jboo\n".getBytes(UTF_8)))
                .message()
                .doesNotContain("\u001b");
    }

    @Test
    void namesThatLeadElsewhereAreNotWritten() {
        assertThatThrownBy(() -> new EntryWriter(new ByteArrayOutputStream()).add("../x", ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStreamThatBecameShorterIsAnError() {
        assertThatThrownBy(() ->
                        new EntryWriter(new ByteArrayOutputStream()).add("x", 4, new ByteArrayInputStream(new byte[3])))
                .isInstanceOf(IOException.class);
    }
}
