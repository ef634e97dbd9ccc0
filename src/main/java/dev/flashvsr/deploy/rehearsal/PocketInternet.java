package dev.flashvsr.deploy.rehearsal;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.json.JsonObject;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server on 127.0.0.1 that stands in for everything the playbook downloads: git repositories, Git LFS, a wheel index,
 * a Python package index, a conda channel and an installer. What it hands out is small, and says that it is a stand-in.
 */
public final class PocketInternet implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Faults faults = new Faults(closed);
    private final Map<String, String> variables;

    private PocketInternet(HttpServer server, Path directory, Map<String, String> pins) {
        this.server = server;
        this.threads = Executors.newCachedThreadPool(PocketInternet::daemon);
        Stock stock =
                new Stock("http://127.0.0.1:" + server.getAddress().getPort(), directory, pins, new Shelf(), new Lfs());
        this.variables = stock(stock);
        server.setExecutor(threads);
        serve("/", stock.shelf());
        serve("/" + GitStock.PLACE + "/", new GitBackend(directory.resolve(GitStock.PLACE), "/" + GitStock.PLACE));
        serve("/" + WeightsStock.PLACE + "/", hub(stock));
        server.start();
    }

    /**
     * Starts it.
     *
     * @param directory holds its repositories and the port it had last, which it takes again where that is free: with
     *     the same addresses a second run finds nothing changed
     * @param pins values of the playbook's variables, from its defaults and its environment file: they say which names
     *     and versions there must be stand-ins for
     * @throws DeployException if {@code directory} can't be written or there is no git
     */
    public static PocketInternet start(Path directory, Map<String, String> pins) {
        try {
            Files.createDirectories(directory);
            StickyPort port = new StickyPort(directory.resolve("port"));
            HttpServer server = port.bind(address -> HttpServer.create(address, 0));
            port.remember(server.getAddress().getPort());
            return new PocketInternet(server, directory, pins);
        } catch (IOException e) {
            throw new DeployException(
                    ExitCode.FAILED,
                    "The stand-in for the internet could not be started in " + directory + ": " + e.getMessage(),
                    "Check that this directory can be written, or choose another by --state-dir.",
                    e);
        }
    }

    /** The variables of the playbook that lead here instead of to the real addresses, with the stand-ins' hashes. */
    public Map<String, String> variables() {
        return variables;
    }

    /** The variables as the text of an environment file (JSON, which is YAML). */
    public String environmentFile() {
        JsonObject.Builder map = JsonObject.builder();
        variables.forEach(map::put);
        return Json.pretty(map.build());
    }

    /** Makes answers go wrong on purpose. */
    public Faults faults() {
        return faults;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static Map<String, String> stock(Stock stock) {
        SortedMap<String, String> all = new TreeMap<>();
        all.putAll(CondaStock.fill(stock));
        all.putAll(PythonStock.fill(stock));
        all.putAll(GitStock.fill(stock));
        all.putAll(WeightsStock.fill(stock));
        return Collections.unmodifiableSortedMap(all);
    }

    private void serve(String path, HttpHandler handler) {
        HttpContext context = server.createContext(path, handler);
        context.getFilters().add(faults);
    }

    private static HttpHandler hub(Stock stock) {
        GitBackend git = new GitBackend(stock.directory().resolve(WeightsStock.PLACE), "/" + WeightsStock.PLACE);
        return (HttpExchange exchange) -> {
            String path = exchange.getRequestURI().getPath();
            if (path.endsWith(Lfs.BATCH)) {
                stock.lfs().handle(exchange);
            } else if (path.contains("/resolve/")) {
                stock.shelf().handle(exchange);
            } else {
                git.handle(exchange);
            }
        };
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "pocket-internet");
        thread.setDaemon(true);
        return thread;
    }
}
