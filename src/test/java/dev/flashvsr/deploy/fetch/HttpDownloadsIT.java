package dev.flashvsr.deploy.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flashvsr.deploy.hash.Sha256;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server, which cuts off, redirects and is busy. */
@Timeout(60)
class HttpDownloadsIT {
    private static final int ALL = Integer.MAX_VALUE;
    private static final byte[] CONTENT = content();
    private static final String SHA256 = Sha256.hex(CONTENT);

    @TempDir
    Path directory;

    private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    private WebFixture web;
    private Store store;
    private HttpDownloads downloads;

    @BeforeEach
    void start() throws IOException {
        web = new WebFixture();
        store = new Store(directory.resolve("downloads"));
        downloads = new HttpDownloads(
                store, Map.of(), Duration.ofSeconds(2), pauses::add, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void aFileIsFetchedOnceAndKept() throws Exception {
        web.on("/file", WebFixture.bytes(CONTENT, ALL));

        assertThat(get("/file")).hasBinaryContent(CONTENT).isEqualTo(directory.resolve("downloads/" + SHA256));
        get("/file");

        assertThat(web.asked).containsExactly("/file - -");
    }

    @Test
    void aDownloadThatIsCutOffGoesOnWhereItWas() throws Exception {
        web.on("/file", WebFixture.bytes(CONTENT, 40_000));

        assertThat(get("/file")).hasBinaryContent(CONTENT);

        assertThat(web.asked).containsExactly("/file - -", "/file bytes=40000- -", "/file bytes=80000- -");
        assertThat(pauses).containsOnly(Duration.ofSeconds(2));
    }

    @Test
    void whatAnEarlierRunLeftIsNotFetchedAgain() throws Exception {
        web.on("/file", WebFixture.bytes(CONTENT, ALL));
        leave(CONTENT, 70_000);

        assertThat(get("/file")).hasBinaryContent(CONTENT);

        assertThat(web.asked).containsExactly("/file bytes=70000- -");
    }

    @Test
    void aPartThatWasWholeIsTakenAsItIs() throws Exception {
        web.on("/file", WebFixture.bytes(CONTENT, ALL));
        leave(CONTENT, CONTENT.length);

        assertThat(get("/file")).hasBinaryContent(CONTENT);
    }

    @Test
    void aPartOfSomethingElseIsThrownAwayOnce() throws Exception {
        web.on("/file", WebFixture.bytes(CONTENT, ALL));
        leave(new byte[CONTENT.length], 50_000);

        assertThat(get("/file")).hasBinaryContent(CONTENT);

        assertThat(web.asked).containsExactly("/file bytes=50000- -", "/file - -");
    }

    @Test
    void aServerWithoutRangesGivesItFromTheBeginning() throws Exception {
        web.on("/file", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
        });
        leave(CONTENT, 50_000);

        assertThat(get("/file")).hasBinaryContent(CONTENT);
    }

    @Test
    void aKeptFileThatRottedIsFetchedAnew() throws Exception {
        web.on("/file", WebFixture.bytes(CONTENT, ALL));
        Files.write(get("/file"), new byte[] {1});

        assertThat(get("/file")).hasBinaryContent(CONTENT);
    }

    @Test
    void aWrongFileIsRefusedNamingBothAndIsNotKept() {
        byte[] other = {1, 2, 3};
        web.on("/file", WebFixture.bytes(other, ALL));

        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> get("/file"))
                .withMessage(
                        web.at("/file") + " has the SHA-256 " + Sha256.hex(other) + ", but " + SHA256 + " is pinned.");
        assertThat(store.bytes(SHA256)).isZero();
    }

    @Test
    void aBusyServerIsAskedAgainWhenItSaid() throws Exception {
        AtomicInteger times = new AtomicInteger();
        web.on(
                "/file",
                exchange -> (times.incrementAndGet() < 3
                                ? WebFixture.status(429, "Retry-After", "7")
                                : WebFixture.bytes(CONTENT, ALL))
                        .to(exchange));

        assertThat(get("/file")).hasBinaryContent(CONTENT);

        assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
    }

    @Test
    void aServerThatStaysBusyIsGivenUp() {
        web.on("/file", WebFixture.status(429, "Retry-After", "1000000"));

        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> get("/file"))
                .withMessageContaining("takes no more requests from this machine");
        assertThat(pauses).hasSize(5).containsOnly(Duration.ofMinutes(5));
    }

    @Test
    void aTokenGoesToItsOwnHostOnly() throws Exception {
        web.on("/here", WebFixture.status(302, "Location", "/there"))
                .on(
                        "/there",
                        WebFixture.status(
                                307, "Location", web.elsewhere("/file").toString()))
                .on("/file", WebFixture.bytes(CONTENT, ALL));

        downloads.get(source("/here", Optional.of(Secret.of("hf_word\n"))), FetchProgress.none());

        assertThat(web.asked).containsExactly("/here - Bearer hf_word", "/there - Bearer hf_word", "/file - -");
    }

    @Test
    void aProxyOfTheEnvironmentIsUsedAndShownItsPassword() throws Exception {
        List<String> shown = new ArrayList<>();
        web.on("/file", exchange -> {
            shown.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Proxy-Authorization"));
            WebFixture.bytes(CONTENT, ALL).to(exchange);
        });
        String proxy = web.at("").toString().replace("http://", "http://user:p%40ss@");
        HttpDownloads behind = new HttpDownloads(store, Map.of("http_proxy", proxy), pauses::add, Clock.systemUTC());
        URI address = URI.create("http://nowhere.invalid/file");

        Path file = behind.get(new Source("file", address, SHA256, Optional.empty()), FetchProgress.none());

        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(shown).containsExactly(address + " Basic dXNlcjpwQHNz");
    }

    @Test
    void aTokenThatIsRefusedIsLeftOut() throws Exception {
        web.on(
                "/file",
                exchange -> (exchange.getRequestHeaders().containsKey("Authorization")
                                ? WebFixture.status(401, "X", "x")
                                : WebFixture.bytes(CONTENT, ALL))
                        .to(exchange));

        Path file = downloads.get(source("/file", Optional.of(Secret.of("old"))), FetchProgress.none());

        assertThat(file).hasBinaryContent(CONTENT);
    }

    @Test
    void whatIsNotThereIsSaidAtOnce() {
        web.on("/file", WebFixture.status(404, "X", "x"));

        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> get("/file"))
                .withMessage(web.at("/file") + " is not there (HTTP 404).");
        assertThat(pauses).isEmpty();
    }

    @Test
    void aServerThatFallsSilentIsLeftAndAskedForTheRest() throws Exception {
        AtomicInteger times = new AtomicInteger();
        CompletableFuture<Void> end = new CompletableFuture<>();
        web.on("/file", exchange -> {
            boolean first = times.incrementAndGet() == 1;
            WebFixture.bytes(CONTENT, first ? 30_000 : ALL).to(exchange);
            if (first) {
                end.join();
            }
        });

        assertThat(get("/file")).hasBinaryContent(CONTENT);

        end.complete(null);
        assertThat(web.asked).containsExactly("/file - -", "/file bytes=30000- -");
    }

    @Test
    void twoWhoWantTheSameFileFetchItOnce() throws Exception {
        web.on("/file", WebFixture.bytes(CONTENT, ALL));

        CompletableFuture<Path> one = CompletableFuture.supplyAsync(this::file);
        CompletableFuture<Path> other = CompletableFuture.supplyAsync(this::file);

        assertThat(one.get()).isEqualTo(other.get());
        assertThat(web.asked).hasSize(1);
    }

    @Test
    void aWheelIsFoundInItsIndexByItsHash() throws Exception {
        String page = "<html><head><base href='/files/'></head><body>\n"
                + "<a href=\"x-0.9.whl#sha256=" + "0".repeat(64) + "\">x</a>\n"
                + "<a data-requires-python=\">=3.8\" href='a_b_c-1.0%2Bcu1-py3-none-any.whl?a=1&amp;b=2#sha256="
                + SHA256 + "'>x</a>";
        web.on("/simple/a-b-c/", WebFixture.bytes(page.getBytes(StandardCharsets.UTF_8), ALL));

        Source wheel = downloads.wheel(web.at("/simple"), "A.b_-c", SHA256);
        Source stated = downloads.stated(web.at("/simple/"), "a_b_c-1.0+cu1-py3-none-any.whl");

        assertThat(wheel.name()).isEqualTo("a_b_c-1.0+cu1-py3-none-any.whl");
        assertThat(wheel.address()).isEqualTo(web.at("/files/a_b_c-1.0%2Bcu1-py3-none-any.whl?a=1&b=2"));
        assertThat(stated.sha256()).isEqualTo(SHA256);
    }

    @Test
    void anIndexWithoutThePinnedHashIsSaid() {
        web.on("/simple/x/", WebFixture.bytes("<a href='x-1.whl'>x</a>".getBytes(StandardCharsets.UTF_8), ALL));

        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> downloads.wheel(web.at("/simple"), "x", SHA256))
                .withMessage(web.at("/simple/x/") + " has no file with the SHA-256 " + SHA256 + ", which is pinned.");
        assertThatExceptionOfType(DeployException.class)
                .isThrownBy(() -> downloads.stated(web.at("/simple"), "x-1.whl"))
                .withMessage(web.at("/simple/x/") + " states no SHA-256 for x-1.whl.");
    }

    private Path get(String path) throws InterruptedException {
        return downloads.get(source(path, Optional.empty()), FetchProgress.none());
    }

    private Path file() {
        try {
            return get("/file");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Source source(String path, Optional<Secret> token) {
        return new Source("file", web.at(path), SHA256, token);
    }

    /** A download that was cut off. */
    private void leave(byte[] bytes, int length) throws IOException {
        Files.createDirectories(store.directory());
        Files.write(store.part(SHA256), Arrays.copyOf(bytes, length));
    }

    private static byte[] content() {
        byte[] bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
