package dev.flashvsr.deploy.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.box.Answer;
import dev.flashvsr.deploy.box.BoxScript;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.BoxStream;
import dev.flashvsr.deploy.box.Payload;
import dev.flashvsr.deploy.box.Said;
import dev.flashvsr.deploy.plan.CleanEnd;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a removal says while it works, a line each: section 10 of docs/box-protocol.md. */
final class CleanStream {
    private static final Duration BEGIN_LIMIT = Duration.ofSeconds(60);

    /** A path, and why it can't be removed. */
    private static final int LONGEST_LINE = 16 << 10;

    /** As much as the list that is removed may have. */
    private static final int MOST_BYTES = 8 << 20;

    private final String label;
    private final Consumer<String> sees;
    private final List<String> removed = new ArrayList<>();
    private final Map<String, String> failed = new LinkedHashMap<>();
    private boolean started;
    private long bytes;

    CleanStream(String label, Consumer<String> sees) {
        this.label = label;
        this.sees = sees;
    }

    CleanEnd read(BoxShell shell, BoxScript script, Payload request) {
        try (BoxStream stream = shell.open(script, BEGIN_LIMIT)) {
            request.writeTo(stream.stdin());
            stream.stdin().flush();
            Optional<String> result = Optional.empty();
            InputStream in = new BufferedInputStream(stream.stdout());
            for (Optional<String> line = line(in); line.isPresent(); line = line(in)) {
                result = heard(line.get());
            }
            new Answer(stream.status().orElse(0), new byte[0], stream.errorTail()).expectTrusted("remove anything");
            return new CleanEnd(removed, failed, result.orElseThrow(() -> cutOff(stream.errorTail())));
        } catch (IOException e) {
            throw new DeployException(
                    ExitCode.DETACHED,
                    "The link to " + label + " broke "
                            + (started
                                    ? "during the removal, which goes on there."
                                    : "before it said whether the removal began."),
                    "The same command says what is left.",
                    e);
        }
    }

    /** The next line without its end; empty when no more comes. A box may print anything, without end. */
    private Optional<String> line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (++bytes > MOST_BYTES) {
                throw new DeployException(
                        ExitCode.UNFIT,
                        label + " says more than any removal does: what it says can't be followed.",
                        "The same command says what is left.");
            }
            if (next == '\n') {
                return Optional.of(line.toString(UTF_8));
            } else if (line.size() < LONGEST_LINE) {
                line.write(next);
            }
        }
        return line.size() == 0 ? Optional.empty() : Optional.of(line.toString(UTF_8));
    }

    /** The result, where that is what the line says. */
    private Optional<String> heard(String line) {
        String[] words = line.split(" ", 2);
        String rest = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "started" -> started = true;
            case "removed" -> {
                removed.add(Said.line(rest));
                sees.accept(Said.line(rest));
            }
            case "failed" -> {
                if (rest.isEmpty()) {
                    return Optional.of("failed");
                }
                int tab = rest.indexOf('\t');
                failed.put(Said.line(rest.substring(0, Math.max(tab, 0))), Said.line(rest.substring(tab + 1)));
            }
            case "refused" -> throw refused(Lines.of(rest.replace('\t', '\n')));
            default -> {
                return Optional.of(words[0]).filter(List.of("ok", "cancelled")::contains);
            }
        }
        return Optional.empty();
    }

    private DeployException refused(Map<String, String> why) {
        if (why.containsKey("elsewhere")) {
            return SubmitCommand.inUseElsewhere(label, why.get("elsewhere"));
        } else if (why.containsKey("living")) {
            return living(label, why.get("living"));
        } else if (why.containsKey("processes")) {
            return new DeployException(
                    ExitCode.BUSY,
                    "Nothing was removed: processes that steps have started still run on " + label
                            + ", and can't be ended: " + why.get("processes") + ".",
                    "Not even KILL ends them, so they wait for a disk or a driver that hangs. Run the same command again when"
                            + " they are gone, or when the box was restarted.");
        } else if (why.containsKey("run")) {
            return new DeployException(
                    ExitCode.BUSY,
                    "Nothing was removed: " + label + " is held by the run " + why.get("run") + ", started by "
                            + why.getOrDefault("who", "") + " on " + why.getOrDefault("from", "") + ".",
                    "Follow it with 'attach', or end it with 'cancel'.");
        }
        return new DeployException(
                ExitCode.FAILED,
                "Nothing was removed: " + why.getOrDefault("error", label + " gave no reason"),
                "Look at the root directory's disk and permissions on the box, then try again.");
    }

    /** A step of an earlier run still runs, and nobody works on that run. */
    static DeployException living(String label, String step) {
        return new DeployException(
                ExitCode.BUSY,
                "Nothing was removed: the step " + step + " of an earlier run still runs on " + label
                        + ", though the runner of that run is gone.",
                "'attach' and 'up' take it over, 'cancel' ends it.");
    }

    private DeployException cutOff(String errorTail) {
        return new DeployException(
                ExitCode.FAILED,
                "The removal on " + label + " was ended from outside. " + Said.line(errorTail),
                "Run the same command again: it goes on with what is left.");
    }
}
