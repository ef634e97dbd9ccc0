package dev.flashvsr.deploy.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.progress.LineAssembler.Line;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineAssemblerTest {
    private final List<Line> lines = new ArrayList<>();
    private final LineAssembler assembler = new LineAssembler(lines::add);

    @Test
    void linesEndWithLfOrCrLf() {
        feed("one\ntwo\r\n\nthree\n");
        assertThat(lines).containsExactly(line("one"), line("two"), line(""), line("three"));
    }

    @Test
    void aCarriageReturnAloneEndsAnUpdate() {
        feed(" 10%\r 20%\r100%, done.\nnext\n");
        assertThat(lines).containsExactly(update(" 10%"), update(" 20%"), line("100%, done."), line("next"));
    }

    @Test
    void anUpdateThatIsFollowedByLfInTheNextPieceWasALine() {
        feed("one\r");
        assertThat(lines).containsExactly(update("one"));
        feed("\ntwo\n");
        assertThat(lines).containsExactly(update("one"), line("one"), line("two"));
    }

    @Test
    void carriageReturnsInFrontOfUpdatesAreNoLines() {
        feed("\r 1%\r\r 2%\r\r\n");
        assertThat(lines).containsExactly(update(" 1%"), update(" 2%"), line(" 2%"));
    }

    @Test
    void anyCutOfTheBytesGivesTheSameLines() {
        byte[] bytes = "caf\u00e9 ━━╸ 50%\r\ud83d\ude80 fertig\r\n\u001b[1;32mgr\u00fcn\u001b[0m\n".getBytes(UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            lines.clear();
            assembler.feed(bytes, 0, cut);
            assembler.feed(bytes, cut, bytes.length - cut);
            assertThat(lines.stream().filter(line -> !line.update()).toList())
                    .containsExactly(line("\ud83d\ude80 fertig"), line("gr\u00fcn"));
            assertThat(lines).contains(update("caf\u00e9 ━━╸ 50%"));
        }
    }

    @Test
    void whatHasNoEndIsALineAtTheEnd() {
        feed("no newline");
        assertThat(lines).isEmpty();
        assembler.end();
        assembler.end();
        assertThat(lines).containsExactly(line("no newline"));
    }

    @Test
    void aLongLineIsCutWithAMarkAndTheNextOneIsWhole() {
        feed("x".repeat(100_000));
        feed("x".repeat(100_000) + "\nnext\n");
        assertThat(lines).containsExactly(line("x".repeat(LineAssembler.LIMIT) + LineAssembler.CUT), line("next"));
    }

    @Test
    void aLongLineIsNotCutInsideACharacter() {
        feed("a" + "é".repeat(5000) + "\n");
        assertThat(lines).containsExactly(line("a" + "é".repeat(4095) + LineAssembler.CUT));
    }

    @Test
    void aLineOfExactlyTheLimitIsNotCut() {
        feed("x".repeat(LineAssembler.LIMIT) + "\n");
        assertThat(lines).containsExactly(line("x".repeat(LineAssembler.LIMIT)));
    }

    @Test
    void bytesThatAreNoUtf8BecomeReplacementCharacters() {
        assembler.feed(new byte[] {'a', (byte) 0xff, 'b', '\n'});
        assertThat(lines).containsExactly(line("a\ufffdb"));
    }

    private void feed(String text) {
        assembler.feed(text.getBytes(UTF_8));
    }

    private static Line line(String text) {
        return new Line(text, false);
    }

    private static Line update(String text) {
        return new Line(text, true);
    }
}
