package dev.flashvsr.deploy.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.event.EventJson;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.event.RunListener;
import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.json.JsonObject;
import dev.flashvsr.deploy.problem.FileTrouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/**
 * A record of one run on this machine: append-only, one JSON object a line, each on disk when {@code on} returns. What
 * steps print is not in it. It never stops a run: when it can't be written any more, it says so once, by
 * {@link #trouble}, and is quiet.
 */
public final class Journal implements RunListener, AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private Optional<String> trouble = Optional.empty();

    private Journal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens a file for appending. */
    static Journal open(Path file) throws IOException {
        return new Journal(file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /** Notes which playbook the run that follows is of, and on what kind of box. */
    public void begin(Instant now, String playbook, Likeness box) {
        append(JsonObject.builder()
                .put("ts", now.toString())
                .put("event", "box.inspected")
                .put("playbook", playbook)
                .put("gpu", box.gpu())
                .put("cpus", box.cpus())
                .build());
    }

    @Override
    public void on(RunEvent event) {
        if (!(event instanceof RunEvent.StepOutput
                || event instanceof RunEvent.StepProgress
                || event instanceof RunEvent.TransferProgress)) {
            append(EventJson.of(event));
        }
    }

    /** Why it is not written any more, for a person; empty as long as all is well. */
    public synchronized Optional<String> trouble() {
        return trouble;
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            trouble = Optional.of(sentence(e));
        }
    }

    private synchronized void append(JsonObject object) {
        if (trouble.isPresent()) {
            return;
        }
        try {
            write(Json.compact(object) + "\n");
        } catch (IOException e) {
            trouble = Optional.of(sentence(e));
        }
    }

    private void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    private String sentence(IOException e) {
        return "The journal " + file + " can't be written any more: " + FileTrouble.why(file, e);
    }
}
