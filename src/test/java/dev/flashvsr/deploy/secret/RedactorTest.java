package dev.flashvsr.deploy.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    // sha256("salt" + "hf_canary'Token")
    private static final String HASH = sha256("salthf_canary'Token");

    private final Redactor redactor = Redactor.of(List.of(Secret.of("hf_canary'Token")), List.of());

    @Test
    void takesOutASecretAndTheFormsThatProgramsPrint() {
        assertThat(redactor.redact("a hf_canary'Token b")).isEqualTo("a [secret] b");
        assertThat(redactor.redact("x=hf_canary%27Token&y")).isEqualTo("x=[secret]&y");
        assertThat(redactor.redact("'hf_canary'\\''Token'")).isEqualTo("'[secret]'");
        assertThat(redactor.redact("aGZfY2FuYXJ5J1Rva2Vu"))
                .doesNotContain("Y2FuYXJ5")
                .contains("[secret]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u:", "us:", "use:"})
    void base64IsFoundWhereverTheValueBegins(String before) {
        String text = Base64.getEncoder().encodeToString((before + "hf_canary'Token:tail").getBytes(UTF_8));
        String value = text.substring(before.length() * 8 / 6 + 2, before.length() * 8 / 6 + 12);
        assertThat(redactor.redact("Authorization: Basic " + text))
                .contains("[secret]")
                .doesNotContain(value);
    }

    @Test
    void aTextTooLongToSearchForATraceIsCovered() {
        SecretTrace trace = SecretTrace.parse("HF_TOKEN 15 salt " + HASH).orElseThrow();
        assertThat(Redactor.of(List.of(), List.of(trace)).redact("x".repeat(1_000_000)))
                .hasSizeLessThan(100);
    }

    @Test
    void takesOutThePieceOfASecretThatALimitLeft() {
        assertThat(redactor.redact("nary'Token and more")).isEqualTo("[secret] and more");
        assertThat(redactor.redact("token hf_canary'To")).isEqualTo("token [secret]");
        assertThat(redactor.redact("token hf_canary' … (cut)")).isEqualTo("token [secret] … (cut)");
        assertThat(redactor.redact("Token is a word, and so is hf_can"))
                .as("short ones are words like others")
                .isEqualTo("Token is a word, and so is hf_can");
        assertThat(redactor.redact("in hf_canary' the middle it is another word"))
                .contains("hf_canary'");
    }

    @Test
    void leavesValuesThatAreTooShortToBeTakenOut() {
        assertThat(Redactor.of(List.of(Secret.of("abc")), List.of()).redact("abcdef"))
                .isEqualTo("abcdef");
    }

    @Test
    void findsASecretOfWhichOnlyTheTraceIsKnown() {
        SecretTrace trace = SecretTrace.parse("HF_TOKEN 15 salt " + HASH).orElseThrow();
        Redactor stranger = Redactor.of(List.of(), List.of(trace));
        assertThat(stranger.redact("ü token hf_canary'Token, twice hf_canary'Token"))
                .isEqualTo("ü token [secret], twice [secret]");
        assertThat(stranger.redact("nothing here")).isEqualTo("nothing here");
    }

    @Test
    void aTraceOfAnotherFormIsNone() {
        assertThat(SecretTrace.parse("HF_TOKEN x salt " + HASH)).isEmpty();
        assertThat(SecretTrace.parse("HF_TOKEN 99999 salt " + HASH)).isEmpty();
        assertThat(SecretTrace.parse("")).isEmpty();
    }

    @Test
    void aSecretDoesNotShowItself() {
        assertThat(Secret.of("hf_canary").toString()).doesNotContain("canary");
    }

    private static String sha256(String text) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
