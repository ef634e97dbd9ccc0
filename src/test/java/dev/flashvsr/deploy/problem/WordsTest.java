package dev.flashvsr.deploy.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final List<String> KNOWN = List.of("needs", "inputs", "timeout", "check_timeout");

    @Test
    void findsTheWordThatWasMeant() {
        assertThat(Words.nearest("need", KNOWN)).contains("needs");
        assertThat(Words.nearest("inptus", KNOWN)).contains("inputs");
        assertThat(Words.nearest("Time-Out", KNOWN)).contains("timeout");
        assertThat(Words.nearest("check_timout", KNOWN)).contains("check_timeout");
    }

    @Test
    void doesNotGuessWhenNothingIsNear() {
        assertThat(Words.nearest("colour", KNOWN)).isEmpty();
        assertThat(Words.nearest("a", List.of("b"))).isEmpty();
        assertThat(Words.nearest("x".repeat(100_000), KNOWN)).isEmpty();
    }

    @Test
    void aHintNamesTheNearestWordOrAllOfAFew() {
        assertThat(Words.hint("need", KNOWN)).contains("did you mean \"needs\"?");
        assertThat(Words.hint("colour", KNOWN)).contains("known: needs, inputs, timeout, check_timeout");
        assertThat(Words.hint("colour", List.of())).isEmpty();
        assertThat(Words.hint(
                        "colour",
                        IntStream.range(0, 50).mapToObj(i -> "key" + i).toList()))
                .isEmpty();
    }

    @Test
    void quotedWordsCantGarbleATerminal() {
        assertThat(Words.quoted("a\nb\u001b[2J\u202e")).isEqualTo("\"a\\nb\\u001b[2J\\u202e\"");
        assertThat(Words.quoted("x".repeat(61))).isEqualTo("\"" + "x".repeat(60) + "…\"");
    }

    @Test
    void whatIsListedIsQuotedWhereATerminalWouldObeyIt() {
        assertThat(Words.hint("entirely-different", List.of("a", "b\u001b[2J", "c".repeat(61))))
                .contains("known: a, \"b\\u001b[2J\", \"" + "c".repeat(60) + "…\"");
    }
}
