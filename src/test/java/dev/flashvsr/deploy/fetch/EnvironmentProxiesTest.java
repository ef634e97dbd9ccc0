package dev.flashvsr.deploy.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentProxiesTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "",
            delimiter = '|',
            value = {
                "https_proxy=http://p:3128 | https://host/x | p:3128",
                "https_proxy=p:3128 | https://host/x | p:3128",
                "https_proxy=http://u:w@p | https://host/x | p:1080",
                "HTTPS_PROXY=http://p:1 | https://host/x | p:1",
                "http_proxy=http://p:1 | https://host/x | direct",
                "http_proxy=http://p:1 | http://host/x | p:1",
                "HTTP_PROXY=http://p:1 | http://host/x | direct",
                "all_proxy=http://p:1 | http://host/x | p:1",
                "https_proxy=http://p:1 no_proxy=other,.host | https://a.host/x | direct",
                "https_proxy=http://p:1 no_proxy=host | https://ghost/x | p:1",
                "https_proxy=http://p:1 NO_PROXY=* | https://host/x | direct",
                "https_proxy= | https://host/x | direct",
                "PATH=/bin | https://host/x | direct"
            })
    void followsTheEnvironment(String environment, String address, String wanted) {
        Map<String, String> variables = Arrays.stream(environment.split(" "))
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(word -> word[0], word -> word[1]));

        assertThat(new EnvironmentProxies(variables).select(URI.create(address)))
                .singleElement()
                .asString()
                .matches(
                        text -> wanted.equals("direct")
                                ? text.equals("DIRECT")
                                : text.replace("/<unresolved>", "").contains(wanted),
                        wanted);
    }
}
