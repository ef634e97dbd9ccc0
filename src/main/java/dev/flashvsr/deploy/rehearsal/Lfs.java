package dev.flashvsr.deploy.rehearsal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.json.JsonArray;
import dev.flashvsr.deploy.json.JsonException;
import dev.flashvsr.deploy.json.JsonObject;
import dev.flashvsr.deploy.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The batch API of Git LFS: says where the bytes of an object are. They themselves lie on the {@link Shelf}. */
final class Lfs implements HttpHandler {
    /** What the path of a batch request ends with, after the repository's. */
    static final String BATCH = "/info/lfs/objects/batch";

    private static final String MEDIA_TYPE = "application/vnd.git-lfs+json";

    private final Map<String, LfsObject> objects = new ConcurrentHashMap<>();

    /** An object of so many bytes that can be had at {@code address}. */
    record LfsObject(long size, String address) {}

    /** Adds an object by its SHA-256. */
    void add(String oid, LfsObject object) {
        objects.put(oid, object);
    }

    /** The text that stands in a repository in place of a large file. */
    static String pointer(String oid, long size) {
        return "version https://git-lfs.github.com/spec/v1\noid sha256:" + oid + "\nsize " + size + "\n";
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        byte[] answer;
        int status = 200;
        try {
            answer = Json.compact(batch(Json.parseObject(request))).getBytes(StandardCharsets.UTF_8);
        } catch (JsonException e) {
            status = 422;
            answer = new byte[0];
        }
        exchange.getResponseHeaders().set("Content-Type", MEDIA_TYPE);
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        if (answer.length > 0) {
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }

    private JsonObject batch(JsonObject request) {
        List<JsonValue> found = new ArrayList<>();
        for (JsonObject wanted : request.array("objects").objects()) {
            found.add(answer(wanted.string("oid"), wanted.integer("size")));
        }
        return JsonObject.builder()
                .put("transfer", "basic")
                .put("objects", new JsonArray(found))
                .build();
    }

    private JsonObject answer(String oid, long size) {
        JsonObject.Builder answer =
                JsonObject.builder().put("oid", oid).put("size", size).put("authenticated", true);
        LfsObject object = objects.get(oid);
        if (object == null || object.size() != size) {
            return answer.put(
                            "error",
                            JsonObject.builder()
                                    .put("code", 404)
                                    .put("message", "no such object")
                                    .build())
                    .build();
        }
        JsonObject download = JsonObject.builder().put("href", object.address()).build();
        return answer.put(
                        "actions",
                        JsonObject.builder().put("download", download).build())
                .build();
    }
}
