package dev.flashvsr.deploy.inspect.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on this machine that gives files as those of the internet do, with ranges and redirects, and as broken ones do. */
final class FileServer implements AutoCloseable {
    static final int SIZE = 3_000_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    FileServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
        } else if (path.contains("forbidden")) {
            text(exchange, 403, "no");
        } else if (path.contains("missing")) {
            text(exchange, 404, "not there");
        } else if (path.contains("slow")) {
            exchange.sendResponseHeaders(200, SIZE);
            trickle(exchange.getResponseBody());
        } else if (path.contains("silent")) {
            pause(30_000);
        } else if (path.contains("moved")) {
            exchange.getResponseHeaders().set("Location", base() + "/cdn/file");
            exchange.sendResponseHeaders(302, -1);
        } else if (path.endsWith("/")) {
            text(exchange, 200, "<a href=\"../files/thing-1.2-linux_x86_64.whl#sha256=00\">thing</a>");
        } else {
            file(exchange);
        }
    }

    private static void file(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int size = SIZE;
        int code = 200;
        if (range != null && range.matches("bytes=0-[0-9]{1,9}")) {
            size = Math.min(SIZE, Integer.parseInt(range.substring("bytes=0-".length())) + 1);
            code = 206;
        }
        exchange.sendResponseHeaders(code, size);
        exchange.getResponseBody().write(new byte[size]);
    }

    private static void text(HttpExchange exchange, int code, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void trickle(OutputStream out) throws IOException {
        for (int i = 0; i < 200; i++) {
            out.write(new byte[4096]);
            out.flush();
            pause(100);
        }
    }

    private static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
