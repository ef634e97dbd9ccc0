package dev.flashvsr.deploy.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTextTest {
    @ParameterizedTest
    @CsvSource({
        "'\u001b[1;31mred\u001b[0m', red",
        "'a\u001b[2K\u001b[1Ab', ab",
        "'\u001b[?25lhidden\u001b[?25h', hidden",
        "'\u001b]0;title\u0007text', text",
        "'\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\', link",
        "'\u001bPq#0\u001b\\after', after",
        "'\u001b(Bcharset', charset",
        "'\u001bcreset', reset",
        "'\u009b31mred', red",
        "'end\u001b[12', end",
        "'end\u001b', end",
        "'a\bb\u0000c\u007f', abc",
        "'a\tb', 'a b'",
        "'abc\u202edef\u2066\u200b', abcdef",
        "'\u202a\u202b\u202d\u2069\u200e\u200f\u061c\u00ada\u2060\ufeff\u3164\ufe0fb', ab",
        "'line\u2028paragraph', lineparagraph",
        "'caf\u00e9 \u4f60\u597d \ud83d\ude80', 'caf\u00e9 \u4f60\u597d \ud83d\ude80'",
    })
    void whatCouldHarmATerminalIsRemoved(String text, String safe) {
        assertThat(SafeText.of(text)).isEqualTo(safe);
    }

    @Test
    void aHalfOfASurrogatePairIsRemoved() {
        assertThat(SafeText.of("a\ud83db")).isEqualTo("ab");
    }
}
