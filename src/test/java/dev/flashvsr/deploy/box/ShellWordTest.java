package dev.flashvsr.deploy.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShellWordTest {
    @Test
    void everythingIsOneWord() {
        assertThat(ShellWord.quote("")).isEqualTo("''");
        assertThat(ShellWord.quote("a b")).isEqualTo("'a b'");
        assertThat(ShellWord.quote("it's $x")).isEqualTo("'it'\\''s $x'");
    }

    @Test
    void aNulIsRefused() {
        assertThatThrownBy(() -> ShellWord.quote("a\0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BoxScript("x", "a\0")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theBootLineHoldsNothingThatShellsReadDifferently() {
        String line = BootLine.of("m", 1);
        assertThat(line).doesNotContain("\\", "\n", "!");
        assertThat(line.chars().filter(c -> c == '\'')).hasSize(4);
    }

    @Test
    void theBootLineWithTheScriptInItIsShortWordsOfTheSameKind() {
        String line = BootLine.with("m", new byte[BootLine.SHORT]);
        assertThat(line).doesNotContain("\\", "\n", "!").hasSizeLessThan(9000);
        assertThat(line.split("'")).allMatch(word -> word.length() <= 1024);
    }
}
