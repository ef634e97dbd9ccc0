package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.event.EventJson;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.event.RunListener;
import dev.flashvsr.deploy.json.Json;
import java.util.function.Consumer;

/** One JSON object a line for every event, for programs. */
public final class JsonView implements RunListener {
    private final Consumer<String> lines;

    /** Hands each line, without its end, to {@code lines}, which writes it as UTF-8 and flushes. */
    public JsonView(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void on(RunEvent event) {
        lines.accept(Json.compact(EventJson.of(event)));
    }
}
