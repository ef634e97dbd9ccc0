package dev.flashvsr.deploy.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.json.JsonException;
import dev.flashvsr.deploy.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A reader of how long the steps of one playbook took, from the newest journals. An invalid line is passed over. */
final class JournalReader {
    /** How many of the newest journals are read: a plan must not wait for those of years. */
    static final int NEWEST = 200;

    /** Of each journal the end is enough: the newest runs tell most. */
    private static final int READ_BYTES = 1024 * 1024;

    /** How much is read of all together. */
    private static final long READ_IN_ALL = 8L * 1024 * 1024;

    private final String playbook;

    JournalReader(String playbook) {
        this.playbook = playbook;
    }

    /** Reads the journals of a directory, which may be missing. */
    List<History.Took> read(Path directory) {
        List<History.Took> all = new ArrayList<>();
        long left = READ_IN_ALL;
        List<Path> files = JournalFiles.newestFirst(directory, "*.jsonl");
        for (Path file : files.subList(0, Math.min(NEWEST, files.size()))) {
            if (left <= 0) {
                break;
            }
            String journal = end(file);
            left -= journal.length();
            all.addAll(took(journal));
        }
        return all;
    }

    private List<History.Took> took(String journal) {
        List<History.Took> found = new ArrayList<>();
        Optional<Likeness> box = Optional.empty();
        Set<String> offered = new HashSet<>();
        for (String line : journal.split("\n")) {
            try {
                JsonObject event = Json.parseObject(line);
                String kind = event.string("event");
                if (kind.equals("box.inspected")) {
                    box = box(event);
                    offered.clear();
                } else if (kind.equals("step.offered")) {
                    offered.add(event.string("step"));
                } else if (kind.equals("step.finished") && offered.remove(event.string("step"))) {
                    continue; // it had not to build what it builds
                } else if (kind.equals("step.finished")) {
                    box.ifPresent(on -> found.add(step(event, on)));
                }
            } catch (JsonException e) {
                continue; // cut off, or of another version
            }
        }
        return found;
    }

    private Optional<Likeness> box(JsonObject event) {
        return event.string("playbook").equals(playbook)
                ? Optional.of(new Likeness(event.string("gpu"), (int) event.integer("cpus")))
                : Optional.empty();
    }

    private static History.Took step(JsonObject event, Likeness box) {
        double seconds = Math.max(0, Math.min(event.number("seconds"), Integer.MAX_VALUE));
        return new History.Took(event.string("step"), box, Duration.ofMillis((long) (seconds * 1000)));
    }

    private static String end(Path file) {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            bytes.seek(Math.max(0, bytes.length() - READ_BYTES));
            byte[] end = new byte[(int) (bytes.length() - bytes.getFilePointer())];
            bytes.readFully(end);
            return new String(end, UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
