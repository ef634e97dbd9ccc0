package dev.flashvsr.deploy.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashvsr.deploy.progress.LineAssembler;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

    /** A private key: a log shows its lines one by one, and programs escape or wrap the whole. */
    @Test
    void eachLineOfASecretIsOneOfItsOwn() {
        String key =
                "-----BEGIN KEY-----\nMIIEpAIBAAKCAQEA1234567890\n  SECONDLINEOFSECRETKEY'xx\nshort\n-----END KEY-----\n";
        List<Redactor> both = List.of(
                Redactor.of(List.of(Secret.of(key)), List.of()),
                Redactor.of(List.of(), SecretTrace.of("KEY", Secret.of(key), "0a1b")));

        assertThat(both).allSatisfy(one -> {
            assertThat(one.redact("plain: " + key)).doesNotContain("SECOND", "MIIE");
            assertThat(key.lines().map(one::redact))
                    .containsExactly("[secret]", "[secret]", "  [secret]", "short", "[secret]");
            assertThat(one.redact(key.replace("\n", "\\n"))).doesNotContain("SECOND", "MIIE");
            assertThat(one.redact("Bearer SECONDLINEOFSECRETKEY'xx done")).isEqualTo("Bearer [secret] done");
        });
        String base64 = Base64.getMimeEncoder().encodeToString(("x" + key).getBytes(UTF_8));
        assertThat(base64.lines().skip(1).map(both.get(0)::redact)).allMatch("[secret]"::equals);
        assertThat(both.get(0).redact(java.net.URLEncoder.encode("SECONDLINEOFSECRETKEY'xx", UTF_8)))
                .isEqualTo("[secret]");
        assertThat(both.get(0).redact("DLINEOFSECRETKEY'xx of a line that began before"))
                .startsWith("[secret] of");
    }

    @Test
    void ofASecretLongerThanALineEachPieceIsTakenOut() {
        StringBuilder value = new StringBuilder();
        new java.util.Random(7).ints(20_000, 'A', 'Z').forEach(c -> value.append((char) c));
        Redactor long20 = Redactor.of(List.of(Secret.of(value.toString())), List.of());

        for (int at = 0; at < value.length(); at += 4096) {
            String piece = value.substring(at, Math.min(value.length(), at + 4096));
            assertThat(long20.redact(piece)).isEqualTo("[secret]");
            assertThat(long20.redact(piece + LineAssembler.CUT)).isEqualTo("[secret]" + LineAssembler.CUT);
        }
        assertThat(long20.redact("key=" + value.substring(0, 300))).isEqualTo("key=[secret]");
        assertThat(long20.redact(value.substring(19_000) + " end")).isEqualTo("[secret] end");
    }

    /** Each would take minutes if the secret's length or the number of its lines counted for each line. */
    @Test
    @Timeout(10)
    void theTimeDoesNotGrowWithTheSecret() {
        String line = "line 17 of two hundred, nothing secret in it";
        String large = "0123456789abcdef".repeat(8191);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 14_000; i++) {
            lines.append("line-").append(i).append('\n');
        }
        for (String value : List.of("x".repeat(20_000), large, lines.toString())) {
            Redactor one = Redactor.of(List.of(Secret.of(value)), List.of());
            for (int i = 0; i < 20_000; i++) {
                assertThat(one.redact(line)).isEqualTo(line);
            }
            assertThat(one.redact("a" + "x".repeat(8191)).length()).isLessThan(8193);
        }
    }

    @Test
    @Timeout(10)
    void aBoxThatStatesVeryManyTracesIsNoLoad() {
        List<SecretTrace> traces = java.util.stream.IntStream.range(0, 10_000)
                .mapToObj(i -> SecretTrace.parse("A " + (6 + i % 4000) + " s" + i + " " + HASH)
                        .orElseThrow())
                .toList();
        Redactor hostile = Redactor.of(List.of(), traces);
        for (int i = 0; i < 200; i++) {
            assertThat(hostile.redact("y".repeat(8192))).isEqualTo("[a line too long to be searched for secrets]");
        }
        assertThat(hostile.redact("short")).isEqualTo("short");
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
