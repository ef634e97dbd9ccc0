package dev.flashvsr.deploy.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.inspect.Golden;
import dev.flashvsr.deploy.inspect.Inspections;
import dev.flashvsr.deploy.inspect.catalogue.Language;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InspectionMarkdownTest {
    @ParameterizedTest
    @EnumSource
    void theDocumentIsFilledIn(Language language) {
        Golden.holds("document." + language + ".md", InspectionMarkdown.of(Inspections.example(), language));
    }

    @Test
    void wordsOfABoxStayText() {
        String markdown = InspectionMarkdown.of(Inspections.hostile(), Language.EN);
        assertThat(markdown).doesNotContain("\u001b", "\u202e", "\u0000", "\u0085", "\r");
        assertThat(outsideFences(markdown))
                .filteredOn(line -> !line.matches("</?details>(<summary>.*</summary>)?"))
                .noneMatch(line -> line.matches(".*(?<!\\\\)[<`](?!br>).*") && !line.startsWith("`[x]`"))
                .noneMatch(line -> line.matches(".*(?<!\\\\)\\[[^ x?].*"))
                .noneMatch(line -> line.matches("#+ head.*"));
        assertThat(outsideFences(markdown)).anyMatch(line -> line.contains("\\<script\\>alert(1)\\</script\\>"));
        assertThat(markdown.length()).isLessThan(60_000);
    }

    @Test
    void aFenceIsLongerThanAnyRowOfBackquotesInIt() {
        assertThat(Markdown.fenced("text", List.of("a ```` b", "```")))
                .containsExactly("`````text", "a ```` b", "```", "`````");
    }

    @Test
    void signsThatMeanSomethingAreEscapedAndOthersAreNot() {
        assertThat(Markdown.text("gcc 13.3, 64 GiB (of 80): 50 %; it's 10-20"))
                .isEqualTo("gcc 13.3, 64 GiB (of 80): 50 %; it's 10-20");
        assertThat(Markdown.text("1. a")).isEqualTo("1\\. a");
        assertThat(Markdown.text("- a")).isEqualTo("\\- a");
        assertThat(Markdown.text("*a* _b_ [c](d) <e> &f; `g` ~h~ |"))
                .isEqualTo("\\*a\\* \\_b\\_ \\[c\\](d) \\<e\\> \\&f; \\`g\\` \\~h\\~ \\|");
        assertThat(Markdown.text("https://x.example www.x.example :x:"))
                .isEqualTo("https\\://x.example www\\.x.example \\:x:");
    }

    /** The lines that are no fence and are in none. */
    private static List<String> outsideFences(String markdown) {
        java.util.ArrayList<String> outside = new java.util.ArrayList<>();
        String fence = "";
        for (String line : markdown.lines().map(String::strip).toList()) {
            if (fence.isEmpty() && line.matches("```+(bash|text)")) {
                fence = line.replaceAll("[a-z]", "");
            } else if (line.equals(fence)) {
                fence = "";
            } else if (fence.isEmpty()) {
                outside.add(line);
            }
        }
        return outside;
    }
}
