package dev.flashvsr.deploy.box.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownHostLineTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host|host|true",
                "host|Host|true",
                "host|other|false",
                "a,host|host|true",
                "*.example|x.example|true",
                "*.example,!bad.example|bad.example|false",
                "h?st|host|true",
                "[host]:2222|[host]:2222|true",
                "[host]:2222|host|false",
                "h.st|host|false"
            })
    void patternsMatchAsInOpenSsh(String hosts, String name, boolean matches) {
        assertThat(KnownHostLine.parse(hosts + " ssh-ed25519 AAAA")
                        .orElseThrow()
                        .matches(name))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "# host ssh-rsa AAAA", "@revoked", "host 1024 35 1187"})
    void commentsAndKeysOfSsh1AreNoEntries(String line) {
        assertThat(KnownHostLine.parse(line)).isEmpty();
    }

    /** Whole keys, made for this test. */
    private static final String ED25519 =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBWxl+h0MxAyD76wcYulWI5AxK3ooQHRCYmIQxtqTXIt";

    private static final String ECDSA =
            "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBI67Ragrlqukn6qbZRrsViI2cGPs"
                    + "YX1UuboGcaygLSEJ6q73KHmFvGy/6eSl97+sM3WGgO/SsrSB0Y55bu9uSpM=";

    @Test
    void wholeKeysAreRead() {
        assertThat(KnownHostLine.parse("host " + ED25519).orElseThrow().key()).isPresent();
        assertThat(KnownHostLine.parse("host " + ECDSA + " comment")
                        .orElseThrow()
                        .key())
                .isPresent();
    }

    /** Wherever a line is cut off, it still names the host, and has no key. */
    @ParameterizedTest
    @ValueSource(strings = {ED25519, ECDSA})
    void aLineThatIsCutOffIsForItsHostAndHasNoKey(String key) {
        String line = "@revoked host " + key.replaceAll("=+$", "");
        for (int end = "@revoked host".length(); end < line.length(); end++) {
            KnownHostLine cut = KnownHostLine.parse(line.substring(0, end)).orElseThrow();
            assertThat(cut.matches("host")).isTrue();
            assertThat(cut.key()).as(line.substring(0, end)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh-rsa AAAA", "ssh-rsa ===", "ssh-rsa", "ssh-ed25519 AAAAbroken", "", "line of words"})
    void aDamagedLineHasNoKey(String key) {
        assertThat(KnownHostLine.parse("host " + key).orElseThrow().key()).isEmpty();
    }

    @Test
    void theTypeMustBeThatOfTheKey() {
        assertThat(KnownHostLine.parse("host " + ED25519.replace("ssh-ed25519", "ssh-rsa"))
                        .orElseThrow()
                        .key())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host|",
                "HOST|",
                "a,host|a ssh-rsa AAAA c",
                "host,a,b|a,b ssh-rsa AAAA c",
                "*.example|*.example ssh-rsa AAAA c",
                "h*|h*,!host ssh-rsa AAAA c",
                "host,h*,!hx|h*,!hx,!host ssh-rsa AAAA c",
                "host,!other|",
                "[host]:2222|[host]:2222 ssh-rsa AAAA c"
            })
    void aHostWithAnotherKeyLeavesTheLineToTheOthers(String hosts, String left) {
        assertThat(KnownHostLine.without(hosts + " ssh-rsa AAAA c", "host")).isEqualTo(Optional.ofNullable(left));
    }

    @Test
    void linesThatAreNoKeyOfThisHostStay() {
        for (String line : List.of("# host", "", "@revoked host ssh-rsa AAAA", "host 1024 35 11")) {
            assertThat(KnownHostLine.without(line, "host")).contains(line);
        }
    }

    /** Accepting a key puts it in the place of a line that can't be read. */
    @Test
    void aDamagedLineOfThisHostGivesWay() {
        assertThat(KnownHostLine.without("host ssh-rsa ===", "host")).isEmpty();
        assertThat(KnownHostLine.without("host", "host")).isEmpty();
        assertThat(KnownHostLine.without("host,other ssh-rsa AAAA", "host")).contains("other ssh-rsa AAAA");
    }

    @Test
    void brokenHashesMatchNothing() {
        assertThat(KnownHostLine.parse("|1|x ssh-rsa AAAA").orElseThrow().matches("x"))
                .isFalse();
        assertThat(KnownHostLine.parse("|1|%%|%% ssh-rsa AAAA").orElseThrow().matches("x"))
                .isFalse();
    }

    @Test
    void markersAreKept() {
        assertThat(KnownHostLine.parse("@revoked * ssh-rsa AAAA").orElseThrow().marker())
                .isEqualTo("@revoked");
    }
}
