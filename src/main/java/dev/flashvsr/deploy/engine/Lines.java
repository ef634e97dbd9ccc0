package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.box.Said;
import java.util.LinkedHashMap;
import java.util.Map;

/** Plain lines {@code name=value}, as the box keeps its own state; made safe to show. */
final class Lines {
    private Lines() {}

    static Map<String, String> of(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), Said.line(line.substring(equals + 1)));
            }
        });
        return values;
    }
}
