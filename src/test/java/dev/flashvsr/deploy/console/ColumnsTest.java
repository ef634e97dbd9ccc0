package dev.flashvsr.deploy.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {
    @ParameterizedTest
    @CsvSource({"'', 0", "plain, 5", "café, 4", "'cafe\u0301', 4", "你好, 4", "🚀, 2", "ｆｕ, 4", "━━╸, 3", "✓ Готово, 8"})
    void widthIsInTerminalColumns(String text, int columns) {
        assertThat(Columns.of(text)).isEqualTo(columns);
    }

    @ParameterizedTest
    @CsvSource({
        "abcdef, 6, abcdef",
        "abcdef, 5, abcd…",
        "abcdef, 1, …",
        "abcdef, 0, ''",
        "你好吗, 6, 你好吗",
        "你好吗, 5, 你好…",
        "你好吗, 4, 你…",
        "🚀🚀, 3, 🚀…",
    })
    void aTextIsCutToFit(String text, int columns, String fitted) {
        assertThat(Columns.fit(text, columns, "…")).isEqualTo(fitted);
    }
}
