package dev.flashvsr.deploy.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlCredentialsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fatal: unable to access 'https://me:hush@code.example/x.git/' | fatal: unable to access 'https://[secret]@code.example/x.git/' | hush
            http://me:p@ss:w@proxy.example:3128                 | http://[secret]@proxy.example:3128     | p@ss:w
            HTTPS://hf_0123456789abcdefghij@hub.example/a b     | HTTPS://[secret]@hub.example/a b       | hf_0123456789abcdefghij
            https://me@code.example/x https://:hush@b.example   | https://[secret]@code.example/x https://[secret]@b.example | hush
            socks5h://me:hush@[::1]:1080                        | socks5h://[secret]@[::1]:1080          | hush
            git+ssh://git@code.example/x                        | git+ssh://git@code.example/x           |
            git@code.example:group/x.git                        | git@code.example:group/x.git           |
            https://code.example/a@b:c                          | https://code.example/a@b:c             |
            https://code.example:8443/x?mail=a:b@c              | https://code.example:8443/x?mail=a:b@c |
            """)
    void aLoginInAnAddressIsTakenOut(String text, String shown, String password) {
        assertThat(UrlCredentials.hide(text)).isEqualTo(shown);
        assertThat(SafeText.of(text)).isEqualTo(shown);
        assertThat(String.join(" ", UrlCredentials.passwords(text))).isEqualTo(password == null ? "" : password);
    }

    @Test
    @Timeout(5)
    void aLongTextTakesNoLongTime() {
        for (String text :
                new String[] {"http://".repeat(100_000), "a".repeat(700_000) + "://", "x://" + "a:".repeat(350_000)}) {
            assertThat(UrlCredentials.hide(text)).isEqualTo(text);
        }
    }
}
