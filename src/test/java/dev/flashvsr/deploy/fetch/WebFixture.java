package dev.flashvsr.deploy.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on 127.0.0.1 that remembers who asked for what. */
final class WebFixture implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** {@code PATH RANGE AUTHORIZATION}, with {@code -} for what was not sent. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    WebFixture() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    /** Answers a path. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    WebFixture on(String path, Answer answer) {
        server.createContext(path, exchange -> {
            asked.add(path + " " + header(exchange, "Range") + " " + header(exchange, "Authorization"));
            try (exchange) {
                answer.to(exchange);
            }
        });
        return this;
    }

    /** Gives these bytes, as ranges where asked for; {@code most}: then the connection breaks. */
    static Answer bytes(byte[] bytes, int most) {
        return exchange -> {
            String range = header(exchange, "Range");
            int from = range.equals("-") ? 0 : Integer.parseInt(range.replaceAll("bytes=([0-9]+)-", "$1"));
            if (from >= bytes.length) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
            exchange.getResponseBody().write(bytes, from, Math.min(most, bytes.length - from));
            exchange.getResponseBody().flush();
        };
    }

    static Answer status(int status, String header, String value) {
        return exchange -> {
            exchange.getResponseHeaders().add(header, value);
            exchange.sendResponseHeaders(status, -1);
        };
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "-" : value;
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** The same server by another name. */
    URI elsewhere(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
