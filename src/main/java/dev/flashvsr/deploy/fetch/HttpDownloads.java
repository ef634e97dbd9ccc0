package dev.flashvsr.deploy.fetch;

import dev.flashvsr.deploy.fetch.HttpExchange.Answer;
import dev.flashvsr.deploy.hash.Sha256;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.secret.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Files of the web in the store, named by their SHA-256. A download goes on where an earlier one was cut off, waits as a
 * busy server asks, and is given up when several attempts in a row brought nothing. Used by several threads.
 */
public final class HttpDownloads {
    private static final Duration STALL = Duration.ofSeconds(60);
    private static final int TRIES = 6;
    private static final int LARGEST_PAGE = 64 << 20;

    private final Store store;
    private final HttpExchange http;
    private final Pause pause;
    private final Clock clock;

    /** By the proxies of this environment. */
    public HttpDownloads(Store store, Map<String, String> environment, Pause pause, Clock clock) {
        this(store, environment, STALL, pause, clock);
    }

    /** {@code stall}: how long nothing may come before a connection is given up. */
    HttpDownloads(Store store, Map<String, String> environment, Duration stall, Pause pause, Clock clock) {
        this.store = store;
        this.http = new HttpExchange(environment, stall);
        this.pause = pause;
        this.clock = clock;
    }

    /**
     * The file in the store, whole and with its SHA-256.
     *
     * @throws DeployException exit status 1 when it can't be had, or is not the one that is pinned
     */
    public Path get(Source source, FetchProgress progress) throws InterruptedException {
        Path file = store.file(source.sha256());
        try (Store.Claim claim = store.claim(source.sha256())) {
            if (store.has(source.sha256()) && hash(file).equals(source.sha256())) {
                return file;
            }
            Path part = store.part(source.sha256());
            boolean began = Store.size(part) > 0;
            URI from = complete(source, part, began, progress);
            String got = hash(part);
            if (!got.equals(source.sha256()) && began) {
                // A part of one file and the rest of another: once more from its beginning.
                Files.delete(part);
                from = complete(source, part, false, progress);
                got = hash(part);
            }
            if (!got.equals(source.sha256())) {
                Files.delete(part);
                throw FetchFailures.wrong(from, got, source.sha256());
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw store.unwritable(e);
        }
    }

    /**
     * The file of that SHA-256 in a Python package index, with the name that it has there.
     *
     * @param name of the package
     */
    public Source wheel(URI index, String name, String sha256) throws InterruptedException {
        return links(index, name).stream()
                .filter(link -> link.sha256().equals(Optional.of(sha256)))
                .findFirst()
                .map(link -> new Source(link.name(), link.address(), sha256, Optional.empty()))
                .orElseThrow(() -> FetchFailures.failed(
                        IndexPage.of(index, name) + " has no file with the SHA-256 " + sha256 + ", which is pinned.",
                        "The mirror is wrong, or the pin is."));
    }

    /**
     * The file of that name in a Python package index, with the SHA-256 that the index states for it.
     *
     * @param file such as {@code NAME-1.0-py3-none-any.whl}
     */
    public Source stated(URI index, String file) throws InterruptedException {
        String name = file.split("-", 2)[0];
        return links(index, name).stream()
                .filter(link -> link.name().equals(file))
                .flatMap(link -> link.sha256().stream()
                        .map(sha256 -> new Source(file, link.address(), sha256, Optional.empty())))
                .findFirst()
                .orElseThrow(() -> FetchFailures.failed(
                        IndexPage.of(index, name) + " states no SHA-256 for " + file + ".", "Pin it."));
    }

    private List<IndexPage.Link> links(URI index, String name) throws InterruptedException {
        URI page = IndexPage.of(index, name);
        String key = "index-" + Sha256.hex(page.toString().getBytes(StandardCharsets.UTF_8));
        try (Store.Claim claim = store.claim(key)) {
            Path file = store.part(key);
            Files.deleteIfExists(file);
            Source source = new Source(name, page, "", Optional.empty());
            URI from = complete(source, file, false, FetchProgress.none());
            List<IndexPage.Link> links = IndexPage.links(text(file), from);
            Files.delete(file);
            return links;
        } catch (IOException e) {
            throw store.unwritable(e);
        }
    }

    /** Fetches until the server says that there is no more; returns where the end came from. */
    private URI complete(Source source, Path part, boolean began, FetchProgress progress)
            throws InterruptedException, PartWriter.DiskException {
        Optional<Secret> token = source.token();
        int tries = 0;
        while (true) {
            long before = Store.size(part);
            String why;
            Optional<String> asked = Optional.empty();
            try {
                Answer answer = http.get(source.address(), token, part, before, progress);
                int status = answer.status();
                if (status == 200 || status == 206 || status == 416 && began) {
                    return answer.address();
                } else if ((status == 401 || status == 403) && token.isPresent()) {
                    token = Optional.empty();
                    continue;
                }
                fail(source.address(), status);
                why = "HTTP " + status;
                asked = answer.retryAfter();
            } catch (PartWriter.DiskException e) {
                throw e;
            } catch (SSLException e) {
                throw FetchFailures.insecure(source.address(), e);
            } catch (IOException e) {
                why = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
            }
            tries = Store.size(part) > before ? 1 : tries + 1;
            if (tries >= TRIES) {
                throw why.equals("HTTP 429")
                        ? FetchFailures.busy(source.address())
                        : FetchFailures.givenUp(source.address(), why);
            }
            pause.of(RetryAfter.pause(asked, tries, clock.instant()));
        }
    }

    /** For an answer that will be the same the next time. */
    private static void fail(URI address, int status) {
        if (status == 401 || status == 403) {
            throw FetchFailures.refused(address, status);
        } else if (status == 404 || status == 410) {
            throw FetchFailures.notThere(address, status);
        } else if (status < 500 && status != 408 && status != 416 && status != 429) {
            throw FetchFailures.unexpected(address, status);
        }
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LARGEST_PAGE), StandardCharsets.UTF_8);
        }
    }

    private static String hash(Path file) throws IOException {
        Sha256 hash = new Sha256();
        try (InputStream in = Files.newInputStream(file)) {
            hash.addAll(in);
        }
        return hash.hex();
    }
}
