package dev.flashvsr.deploy.rehearsal;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Serves bare repositories by the real {@code git http-backend}, as a CGI program. */
final class GitBackend implements HttpHandler {
    private final Path root;
    private final String prefix;

    /** Serves what lies below {@code root} under the path {@code prefix}, such as {@code /git}. */
    GitBackend(Path root, String prefix) {
        this.root = root;
        this.prefix = prefix;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        ProcessBuilder builder = GitTool.command(root, "http-backend").redirectError(ProcessBuilder.Redirect.DISCARD);
        describe(exchange, body.length, builder.environment());
        Process backend = builder.start();
        try (OutputStream stdin = backend.getOutputStream()) {
            stdin.write(body);
        }
        try (InputStream out = new BufferedInputStream(backend.getInputStream())) {
            int status = headers(out, exchange.getResponseHeaders());
            exchange.sendResponseHeaders(status, 0);
            try (OutputStream answer = exchange.getResponseBody()) {
                out.transferTo(answer);
            }
        } finally {
            backend.destroy();
            exchange.close();
        }
    }

    private void describe(HttpExchange exchange, int length, Map<String, String> environment) {
        Headers headers = exchange.getRequestHeaders();
        environment.put("GIT_PROJECT_ROOT", root.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", repositoryPath(exchange.getRequestURI().getPath()));
        environment.put(
                "QUERY_STRING",
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
        environment.put("REMOTE_ADDR", "127.0.0.1");
        environment.put("CONTENT_LENGTH", Integer.toString(length));
        put(environment, "CONTENT_TYPE", headers.getFirst("Content-Type"));
        put(environment, "HTTP_CONTENT_ENCODING", headers.getFirst("Content-Encoding"));
        put(environment, "GIT_PROTOCOL", headers.getFirst("Git-Protocol"));
    }

    /** Hubs answer with and without {@code .git}; the directories have it. */
    private String repositoryPath(String path) {
        return path.substring(prefix.length())
                .replaceFirst("(?<!\\.git)/(info/refs|git-upload-pack|HEAD|objects/)", ".git/$1");
    }

    private static void put(Map<String, String> environment, String name, @Nullable String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }

    /** Reads the CGI headers up to the empty line; returns the status, which is 200 where none is given. */
    private static int headers(InputStream in, Headers headers) throws IOException {
        int status = 200;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1).strip();
            if (name.equalsIgnoreCase("Status")) {
                status = Integer.parseInt(value.substring(0, 3));
            } else if (!name.equalsIgnoreCase("Content-Length")) {
                headers.add(name, value);
            }
        }
        return status;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
