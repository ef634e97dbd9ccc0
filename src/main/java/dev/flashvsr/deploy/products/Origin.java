package dev.flashvsr.deploy.products;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The box that built an entry, as this machine saw it when it fetched the entry.
 *
 * @param box what the user calls it; empty where an older version kept the entry and noted nothing
 * @param inventory whether the user's inventory has it
 * @param hostKey the fingerprint of the key that it showed, where it is reached by SSH
 * @param time when it was fetched, in ISO form
 */
public record Origin(String box, boolean inventory, Optional<String> hostKey, String time) {
    static final String NAME = "origin";

    /** Of an entry that was kept without a note. */
    static final Origin UNKNOWN = new Origin("", false, Optional.empty(), "");

    private static final int MAX_SIZE = 4096;

    /** A box as it is now. */
    public static Origin now(String box, boolean inventory, Optional<String> hostKey, Instant now) {
        return new Origin(
                box, inventory, hostKey, now.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** Whether both are the same box, with the same key. */
    boolean isSameBox(Origin other) {
        return !box.isEmpty() && box.equals(other.box) && hostKey.equals(other.hostKey);
    }

    /** For a person: the box, when, and its key. */
    String words() {
        if (box.isEmpty()) {
            return "a box that was not noted (kept by an older version)";
        }
        String day = time.length() >= 10 ? " on " + time.substring(0, 10) : "";
        return box + day + hostKey.map(key -> " (host key " + key + ")").orElse("");
    }

    /** The note in an entry's directory; {@link #UNKNOWN} where there is none. */
    static Origin read(Path entry) {
        Map<String, String> lines = new LinkedHashMap<>();
        try {
            Path note = entry.resolve(NAME);
            if (Files.size(note) > MAX_SIZE) {
                return UNKNOWN;
            }
            for (String line : Files.readAllLines(note, UTF_8)) {
                int end = line.indexOf('=');
                if (end > 0) {
                    lines.put(line.substring(0, end), line.substring(end + 1));
                }
            }
        } catch (IOException e) {
            return UNKNOWN;
        }
        return new Origin(
                lines.getOrDefault("box", ""),
                "yes".equals(lines.get("inventory")),
                Optional.ofNullable(lines.get("host-key")).filter(key -> !key.isEmpty()),
                lines.getOrDefault("time", ""));
    }

    /** Writes the note into an entry's directory. */
    void write(Path entry) throws IOException {
        Files.write(
                entry.resolve(NAME),
                List.of(
                        "box=" + box.replaceAll("\\p{Cntrl}", " "),
                        "inventory=" + (inventory ? "yes" : "no"),
                        "host-key=" + hostKey.orElse(""),
                        "time=" + time));
    }
}
