package dev.flashvsr.deploy.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.checkpoint.Attempt;
import dev.flashvsr.deploy.checkpoint.Checkpoint;
import dev.flashvsr.deploy.hash.Sha256;
import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.json.JsonException;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.progress.SafeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the survey's entries, whatever they hold. */
public final class SurveyAnswer {
    private static final Pattern RUN_NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern STEP_ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,8}");
    private static final int MOST_SKIPPED = 10;
    private static final Set<String> OF_STEPS = Set.of("checkpoint", "last", "check");

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Map<String, Optional<Checkpoint>> checkpoints = new HashMap<>();
    private final Set<String> attempted = new HashSet<>();
    private final List<String> notes = new ArrayList<>();

    /** Takes an entry. To be called as they come: much of the reading is done while the box still looks. */
    public void add(String name, byte[] bytes) {
        entries.put(name, bytes);
        String[] parts = name.split("/");
        if (parts.length == 2 && parts[0].equals("checkpoint")) {
            checkpoints.put(parts[1], Checkpoint.parse(new String(bytes, UTF_8)));
        } else if (parts.length > 2 && parts[0].equals("attempt")) {
            attempted.add(parts[1]);
        }
    }

    /**
     * What they say together, once all are there. What does not hold is left out with a note.
     *
     * @throws DeployException exit 4, if there is no absolute root in it
     */
    public BoxState read() {
        String root = text("root").orElse("").replaceAll("\n$", "");
        if (!root.startsWith("/") || !SafeText.of(root).equals(root)) {
            throw new DeployException(
                    ExitCode.UNFIT,
                    "The box names no directory to work in: its answer was " + Shown.value(root) + ".",
                    "Name one with --set root=/an/absolute/path.");
        }
        if (root.indexOf('\uFFFD') >= 0) {
            throw new DeployException(
                    ExitCode.UNFIT,
                    "The name of the root directory is not valid UTF-8: " + Shown.value(root) + ".",
                    "Name another one with --set root=/an/absolute/path, or a symbolic link to it.");
        }
        rootNotes();
        line("run/last/why").ifPresent(why -> notes.add("The last run stopped: " + why + "."));
        Map<String, StepState> steps = new TreeMap<>();
        stepIds().forEach(id -> steps.put(id, step(id)));
        return new BoxState(
                root,
                line("root.why").orElse(""),
                entries.containsKey("root.missing"),
                facts(),
                boxId(),
                holder(),
                lastRun(),
                Map.copyOf(steps),
                List.copyOf(notes));
    }

    private void rootNotes() {
        text("root.skipped")
                .orElse("")
                .lines()
                .limit(MOST_SKIPPED)
                .forEach(line -> notes.add("An installation was found and not used: " + Shown.line(line) + "."));
        line("root.loose")
                .ifPresent(directory -> notes.add("Other users of the box may rename what is in " + directory
                        + ": up sets its sticky bit (chmod +t)."));
        line("root.open")
                .ifPresent(directory -> notes.add("Other users of the box may write in " + directory
                        + ": up takes that from them (chmod go-w)."));
    }

    private Map<String, String> facts() {
        return entries.keySet().stream()
                .filter(name -> name.startsWith("fact/"))
                .collect(Collectors.toUnmodifiableMap(
                        name -> name.substring("fact/".length()),
                        name -> line(name).orElse("")));
    }

    private Optional<String> boxId() {
        Optional<String> id = text("box.json").flatMap(SurveyAnswer::boxId);
        if (id.isEmpty() && entries.containsKey("box.json")) {
            notes.add("The box's identity, box.json, can't be read.");
        }
        return id;
    }

    private static Optional<String> boxId(String json) {
        try {
            return Json.parseObject(json).findString("id").filter(id -> id.matches("[0-9a-f]{32}"));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private Optional<Holder> holder() {
        boolean alive = line("holder.alive").equals(Optional.of("yes"));
        if (!alive && !entries.containsKey("holder")) {
            return Optional.empty();
        }
        Map<String, String> lines = text("holder")
                .orElse("")
                .lines()
                .filter(line -> line.contains("="))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> Shown.line(line.substring(line.indexOf('=') + 1)),
                        (first, second) -> first));
        return Optional.of(new Holder(
                lines.getOrDefault("run", ""),
                lines.getOrDefault("plan", ""),
                lines.getOrDefault("who", ""),
                lines.getOrDefault("from", ""),
                Optional.ofNullable(lines.get("since"))
                        .filter(since -> since.matches("\\d{1,11}"))
                        .map(since -> Instant.ofEpochSecond(Long.parseLong(since))),
                lines.getOrDefault("agreed", ""),
                alive));
    }

    private Optional<LastRun> lastRun() {
        return line("run/last")
                .filter(name -> RUN_NAME.matcher(name).matches())
                .map(name -> new LastRun(
                        name,
                        line("run/last/end"),
                        line("run/last/plan").filter(Sha256::isHex),
                        text("run/last/secrets")
                                .orElse("")
                                .lines()
                                .map(Shown::line)
                                .filter(line -> !line.isEmpty())
                                .toList()));
    }

    private TreeSet<String> stepIds() {
        return entries.keySet().stream()
                .map(name -> name.split("/"))
                .filter(parts -> parts.length > 1 && OF_STEPS.contains(parts[0]))
                .map(parts -> parts[1])
                .distinct()
                .filter(id -> STEP_ID.matcher(id).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private StepState step(String id) {
        Optional<String> checkpoint = text("checkpoint/" + id);
        Optional<String> last = text("last/" + id);
        StepState state = new StepState(
                checkpoint,
                checkpoints.getOrDefault(id, Optional.empty()),
                last,
                last.flatMap(pointer -> attempt(id, pointer)),
                check(id));
        if (state.unreadable()) {
            notes.add("The checkpoint of " + id + " can't be read; it counts as none.");
        }
        if (state.lastText().isPresent() && state.attempt().isEmpty()) {
            notes.add("The record of the latest attempt at " + id + " can't be read; it counts as none.");
        }
        return state;
    }

    private Optional<Attempt> attempt(String id, String last) {
        String[] words = last.strip().split(" ");
        if (words.length != 2
                || !RUN_NAME.matcher(words[0]).matches()
                || !COUNT.matcher(words[1]).matches()) {
            return Optional.empty();
        }
        String base = "attempt/" + id + "/";
        if (!attempted.contains(id)) {
            return Optional.empty(); // its run was removed
        }
        return Optional.of(new Attempt(
                words[0],
                Integer.parseInt(words[1]),
                line(base + "fingerprint").filter(Sha256::isHex),
                line(base + "before"),
                line(base + "exit"),
                line(base + "after"),
                line(base + "result"),
                line(base + "running").equals(Optional.of("yes")),
                text(base + "tail").orElse("")));
    }

    private CheckResult check(String id) {
        Answer answer = switch (line("check/" + id).orElse("")) {
            case "yes" -> Answer.YES;
            case "no" -> Answer.NO;
            default -> Answer.UNKNOWN;
        };
        return new CheckResult(
                answer, Shown.lastLine(text("check/" + id + "/said").orElse("")));
    }

    private Optional<String> line(String name) {
        return text(name).map(Shown::line);
    }

    /** An entry as text; bytes that are no UTF-8 become U+FFFD. */
    private Optional<String> text(String name) {
        return Optional.ofNullable(entries.get(name)).map(bytes -> new String(bytes, UTF_8));
    }
}
