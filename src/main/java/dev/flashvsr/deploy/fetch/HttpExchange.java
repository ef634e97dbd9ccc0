package dev.flashvsr.deploy.fetch;

import dev.flashvsr.deploy.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request for a file, with the redirects that it takes. */
final class HttpExchange {
    private static final int MOST_REDIRECTS = 10;
    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(500);

    static {
        // Else no password is shown to a proxy of https addresses. An Authenticator would take our own token away.
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    }

    private final EnvironmentProxies proxies;
    private final HttpClient client;
    private final Duration stall;

    /** {@code stall}: how long nothing may come. */
    HttpExchange(Map<String, String> environment, Duration stall) {
        this.proxies = new EnvironmentProxies(environment);
        this.client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(proxies)
                .build();
        this.stall = stall;
    }

    /**
     * What was answered in the end.
     *
     * @param address that it came from
     */
    record Answer(URI address, int status, Optional<String> retryAfter) {}

    /**
     * Asks for the rest of a file of which {@code from} bytes are there. Only with status 200 (from the beginning) and 206
     * anything is written.
     *
     * @throws IOException when the answer did not come to its end; what came is kept
     */
    Answer get(URI address, Optional<Secret> token, Path file, long from, FetchProgress progress)
            throws IOException, InterruptedException {
        URI at = address;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(at)
                    .header("User-Agent", "flashvsr-deploy")
                    .header("Accept-Encoding", "identity");
            if (from > 0) {
                request.header("Range", "bytes=" + from + "-");
            }
            if (token.isPresent() && sameHost(address, at)) {
                request.header("Authorization", "Bearer " + token.get().reveal().strip());
            }
            proxies.authorization(at).ifPresent(shown -> request.header("Proxy-Authorization", shown));
            HttpResponse<Void> answer = send(request.build(), file, from, progress);
            Optional<String> location = answer.headers().firstValue("Location");
            if (answer.statusCode() / 100 != 3 || location.isEmpty()) {
                return new Answer(at, answer.statusCode(), answer.headers().firstValue("Retry-After"));
            }
            at = redirected(at, location.get());
        }
        throw new IOException("it is redirected without end");
    }

    private HttpResponse<Void> send(HttpRequest request, Path file, long from, FetchProgress progress)
            throws IOException, InterruptedException {
        Moved moved = new Moved();
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request, info -> {
            moved.now();
            if (info.statusCode() != 200 && info.statusCode() != 206) {
                return BodySubscribers.discarding();
            }
            long start = info.statusCode() == 206 ? from : 0;
            OptionalLong length = info.headers().firstValueAsLong("Content-Length");
            OptionalLong total = length.isPresent() ? OptionalLong.of(start + length.getAsLong()) : length;
            progress.at(start, total);
            return PartWriter.into(file, start, size -> {
                moved.now();
                progress.at(size, total);
            });
        });
        try {
            while (true) {
                try {
                    return answer.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException notYet) {
                    if (moved.longAgo(stall)) {
                        throw new IOException("nothing came for " + stall.toSeconds() + " s");
                    }
                }
            }
        } catch (ExecutionException e) {
            throw cause(e);
        } finally {
            answer.cancel(true);
        }
    }

    private static IOException cause(ExecutionException e) {
        Throwable cause = e.getCause() instanceof UncheckedIOException disk ? disk.getCause() : e.getCause();
        return cause instanceof IOException known ? known : new IOException(String.valueOf(e.getMessage()), e);
    }

    /** An address that came from elsewhere leads to the web and nowhere else. */
    private static URI redirected(URI at, String location) throws IOException {
        try {
            URI next = at.resolve(location.replace(" ", "%20"));
            String scheme = String.valueOf(next.getScheme());
            if (next.getHost() != null
                    && (scheme.equals("https")
                            || scheme.equals("http") && at.getScheme().equals("http"))) {
                return next;
            }
        } catch (IllegalArgumentException noAddress) {
            // Said below.
        }
        throw new IOException("it is redirected to what is no address");
    }

    private static boolean sameHost(URI one, URI other) {
        return one.getHost().equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort()
                && one.getScheme().equals(other.getScheme());
    }

    /** When something came last. */
    private static final class Moved {
        private volatile long last = System.nanoTime();

        void now() {
            last = System.nanoTime();
        }

        boolean longAgo(Duration limit) {
            return System.nanoTime() - last > limit.toNanos();
        }
    }
}
