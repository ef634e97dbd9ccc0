package dev.flashvsr.deploy.rehearsal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files in memory by the path of their address, served with byte ranges, so that a download can be resumed. */
final class Shelf implements HttpHandler {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

    private final ConcurrentMap<String, byte[]> files = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, String> moved = new ConcurrentHashMap<>();

    void put(String path, byte[] bytes) {
        files.put(path, bytes);
    }

    void put(String path, String text) {
        put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers {@code path} with a redirect, as hubs send clients on to where the bytes are. */
    void redirect(String path, String to) {
        moved.put(path, to);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.getRequestBody().readAllBytes();
        Optional<String> to = Optional.ofNullable(moved.get(path));
        if (to.isPresent()) {
            exchange.getResponseHeaders().set("Location", to.get());
            exchange.sendResponseHeaders(302, -1);
        } else {
            byte[] file = files.get(path);
            if (file == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                send(exchange, path, file);
            }
        }
        exchange.close();
    }

    private static void send(HttpExchange exchange, String path, byte[] file) throws IOException {
        exchange.getResponseHeaders()
                .set("Content-Type", path.endsWith("/") ? "text/html; charset=utf-8" : "application/octet-stream");
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        String asked = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
                .orElse("");
        Matcher range = RANGE.matcher(asked);
        int status = 200;
        int from = 0;
        int end = file.length;
        if (range.matches()) {
            from = Integer.parseInt(range.group(1));
            end = range.group(2).isEmpty() ? end : Math.min(end, Integer.parseInt(range.group(2)) + 1);
            status = from < end ? 206 : 416;
            exchange.getResponseHeaders()
                    .set(
                            "Content-Range",
                            status == 206
                                    ? "bytes " + from + "-" + (end - 1) + "/" + file.length
                                    : "bytes */" + file.length);
        }
        boolean bodyless = status == 416 || exchange.getRequestMethod().equals("HEAD") || from == end;
        exchange.sendResponseHeaders(status, bodyless ? -1 : end - from);
        if (!bodyless) {
            OutputStream out = exchange.getResponseBody();
            out.write(file, from, end - from);
            out.close();
        }
    }
}
