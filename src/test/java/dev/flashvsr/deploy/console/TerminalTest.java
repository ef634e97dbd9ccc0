package dev.flashvsr.deploy.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
    private static final Map<String, String> XTERM = Map.of("TERM", "xterm", "LANG", "de_DE.UTF-8");

    @Test
    void aTerminalGetsABoardInColour() {
        assertThat(Terminal.of(XTERM, true, false)).isEqualTo(new Terminal(true, new Style(true, true)));
    }

    @Test
    void whatIsNoTerminalOrWasAskedToBePlainGetsLines() {
        assertThat(Terminal.of(XTERM, false, false).live()).isFalse();
        assertThat(Terminal.of(XTERM, true, true).live()).isFalse();
        assertThat(Terminal.of(Map.of("TERM", "dumb"), true, false).live()).isFalse();
        assertThat(Terminal.of(Map.of(), true, false).live()).isFalse();
        assertThat(Terminal.of(Map.of("TERM", "xterm", "CI", "true"), true, false)
                        .live())
                .isFalse();
    }

    @Test
    void noColorKeepsTheBoardButNotItsColours() {
        Terminal terminal = Terminal.of(Map.of("TERM", "xterm", "NO_COLOR", "1"), true, false);
        assertThat(terminal).isEqualTo(new Terminal(true, new Style(false, false)));
    }

    @ParameterizedTest
    @CsvSource({
        "C.UTF-8, '', en_US, true",
        "'', en_US.utf8, C, true",
        "'', '', en_US.UTF-8, true",
        "C, '', en_US.UTF-8, false",
        "'', '', '', false",
        "'', '', de_DE.ISO-8859-1, false",
    })
    void theFirstLocaleVariableThatIsSetCounts(String all, String ctype, String lang, boolean unicode) {
        Map<String, String> environment = Map.of("LC_ALL", all, "LC_CTYPE", ctype, "LANG", lang);
        assertThat(Terminal.of(environment, false, false).style().unicode()).isEqualTo(unicode);
    }

    @ParameterizedTest
    @CsvSource({"'50 132\n', 132, 50", "'2 10', 20, 4", "'0 0', 0, 0", "'', 0, 0", "'stty: no tty', 0, 0"})
    void theSizeIsReadFromStty(String printed, int columns, int rows) {
        assertThat(TerminalSize.ofStty(printed).isPresent()).isEqualTo(columns > 0);
        TerminalSize.ofStty(printed).ifPresent(size -> assertThat(size).isEqualTo(new TerminalSize(columns, rows)));
    }

    @Test
    void theSizeIsReadFromTheEnvironmentAsFarAsItIsThere() {
        assertThat(TerminalSize.ofEnvironment(Map.of("COLUMNS", "120"))).isEqualTo(new TerminalSize(120, 24));
        assertThat(TerminalSize.ofEnvironment(Map.of("COLUMNS", "wide"))).isEqualTo(TerminalSize.USUAL);
    }

    @Test
    void linesAreWrittenInTheirCharacterSet() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Consumer<String> utf8 = Terminal.lines(out, StandardCharsets.UTF_8);
        utf8.accept("é");
        Terminal.lines(out, StandardCharsets.US_ASCII).accept("é");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("é\n?\n");
    }
}
