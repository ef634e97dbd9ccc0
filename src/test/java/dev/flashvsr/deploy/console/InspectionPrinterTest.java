package dev.flashvsr.deploy.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.Golden;
import dev.flashvsr.deploy.inspect.Inspection;
import dev.flashvsr.deploy.inspect.Inspections;
import dev.flashvsr.deploy.inspect.catalogue.Language;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InspectionPrinterTest {
    private static final Style FULL = new Style(true, true);
    private static final List<NextCommand> NEXT = List.of(
            NextCommand.questions("flashvsr-deploy questions"),
            NextCommand.html("flashvsr-deploy inspect a1 --html a1.html"));

    @ParameterizedTest
    @EnumSource
    void whatNeedsAttentionIsShownAndTheRestCounted(Language language) {
        Golden.holds("terminal." + language + ".txt", text(Inspections.example(), Style.PLAIN, language, 80, false));
    }

    @ParameterizedTest
    @EnumSource
    void everyFindingIsShownWithItsEvidenceWhereAskedFor(Language language) {
        Golden.holds("terminal-all." + language + ".txt", text(Inspections.example(), Style.PLAIN, language, 80, true));
    }

    @ParameterizedTest
    @EnumSource
    void noLineIsWiderThanTheTerminal(Language language) {
        for (int columns : new int[] {40, 80, 300}) {
            for (Inspection inspection : List.of(Inspections.example(), Inspections.hostile())) {
                assertThat(text(inspection, new Style(false, true), language, columns, true)
                                .lines()
                                .filter(line -> !line.startsWith("  flashvsr-deploy")))
                        .allMatch(line -> Columns.of(line) <= columns);
            }
        }
    }

    @Test
    void colourChangesNoWord() {
        String plain = text(Inspections.example(), new Style(false, true), Language.EN, 80, true);
        String colour = text(Inspections.example(), FULL, Language.EN, 80, true);
        assertThat(colour).contains("\u001b[31m✗\u001b[0m");
        assertThat(colour.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(plain);
    }

    @Test
    void wordsOfABoxReachTheTerminalAsText() {
        String text = text(Inspections.hostile(), Style.PLAIN, Language.EN, 80, true);
        assertThat(text).matches("[ -~\n]*").contains("characters left out");
        assertThat(text.length()).isLessThan(60_000);
        String unicode = text(Inspections.hostile(), new Style(false, true), Language.RU, 80, true);
        assertThat(unicode).doesNotContain("\u001b", "\u202e", "\u0007", "\u0085", "\u0000", "\r");
    }

    private static String text(Inspection inspection, Style style, Language language, int columns, boolean all) {
        return String.join("\n", new InspectionPrinter(style, language, columns, all).lines(inspection, NEXT)) + "\n";
    }
}
