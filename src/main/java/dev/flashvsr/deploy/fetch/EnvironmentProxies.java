package dev.flashvsr.deploy.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxies that the environment names, by the rules that curl has: {@code https_proxy}, {@code http_proxy} and
 * {@code all_proxy} (in capitals, too, but for {@code HTTP_PROXY}), and {@code no_proxy}: hosts and domains, or {@code *}.
 */
final class EnvironmentProxies extends ProxySelector {
    private static final int DEFAULT_PORT = 1080;

    private final Map<String, String> environment;

    EnvironmentProxies(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public List<Proxy> select(URI uri) {
        return proxy(uri)
                .map(at -> new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host(at), port(at))))
                .map(List::of)
                .orElse(List.of(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException why) {
        // There is one proxy or none: nothing to choose from.
    }

    /** What the proxy for this address is shown: the user and password that its own address holds. */
    Optional<String> authorization(URI uri) {
        return proxy(uri)
                .map(URI::getRawUserInfo)
                .filter(user -> !user.isEmpty())
                .map(user -> "Basic "
                        + Base64.getEncoder()
                                .encodeToString(URLDecoder.decode(user.replace("+", "%2B"), UTF_8)
                                        .getBytes(UTF_8)));
    }

    private Optional<URI> proxy(URI uri) {
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        return proxy(scheme, Optional.ofNullable(uri.getHost()).orElse(""));
    }

    private Optional<URI> proxy(String scheme, String host) {
        if (isDirect(host)) {
            return Optional.empty();
        }
        return Stream.of(scheme + "_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
                .filter(name -> !name.equals("HTTPS_PROXY") || scheme.equals("https"))
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .map(value -> URI.create(value.contains("://") ? value : "http://" + value))
                .filter(at -> at.getHost() != null);
    }

    private boolean isDirect(String host) {
        String names = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
        return Stream.of(names.split("[,\\s]+"))
                .map(name -> name.toLowerCase(Locale.ROOT).replaceFirst("^\\.", ""))
                .filter(name -> !name.isEmpty())
                .anyMatch(name -> name.equals("*")
                        || host.equalsIgnoreCase(name)
                        || host.toLowerCase(Locale.ROOT).endsWith("." + name));
    }

    private static String host(URI proxy) {
        return Optional.ofNullable(proxy.getHost()).orElse("");
    }

    private static int port(URI proxy) {
        return proxy.getPort() < 0 ? DEFAULT_PORT : proxy.getPort();
    }
}
