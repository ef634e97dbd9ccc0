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
    @ValueSource(strings = {"", "# host ssh-rsa AAAA", "host ssh-rsa", "host ssh-rsa ===", "@revoked host ssh-rsa"})
    void linesThatDoNotHoldAreSkipped(String line) {
        assertThat(KnownHostLine.parse(line)).isEmpty();
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
        for (String line : List.of("# host", "", "@revoked host ssh-rsa AAAA", "host ssh-rsa ===")) {
            assertThat(KnownHostLine.without(line, "host")).contains(line);
        }
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
