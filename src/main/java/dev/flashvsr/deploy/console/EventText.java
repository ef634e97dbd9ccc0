package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.event.RunEvent.BoxInspected;
import dev.flashvsr.deploy.event.RunEvent.LinkLost;
import dev.flashvsr.deploy.event.RunEvent.LinkRestored;
import dev.flashvsr.deploy.event.RunEvent.Notice;
import dev.flashvsr.deploy.event.RunEvent.PlanLine;
import dev.flashvsr.deploy.event.RunEvent.PlanReady;
import dev.flashvsr.deploy.event.RunEvent.RunFinished;
import dev.flashvsr.deploy.event.RunEvent.RunStarted;
import dev.flashvsr.deploy.event.RunEvent.StepAdopted;
import dev.flashvsr.deploy.event.RunEvent.StepBlocked;
import dev.flashvsr.deploy.event.RunEvent.StepFailed;
import dev.flashvsr.deploy.event.RunEvent.StepFinished;
import dev.flashvsr.deploy.event.RunEvent.StepOffered;
import dev.flashvsr.deploy.event.RunEvent.StepReattached;
import dev.flashvsr.deploy.event.RunEvent.StepResults;
import dev.flashvsr.deploy.event.RunEvent.StepRetrying;
import dev.flashvsr.deploy.event.RunEvent.StepSkipped;
import dev.flashvsr.deploy.event.RunEvent.StepStarted;
import dev.flashvsr.deploy.event.RunEvent.TransferFinished;
import dev.flashvsr.deploy.event.RunEvent.TransferStarted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The words for each event, the same on the board's scrollback and in plain lines. Output and progress have none. */
final class EventText {
    private final Hints hints;
    private final Optional<Price> price;

    EventText(Hints hints, Optional<Price> price) {
        this.hints = hints;
        this.price = price;
    }

    /** One line or, for a failure, a block; empty for what is not told in words. */
    List<String> of(RunEvent event) {
        if (event instanceof RunStarted e) {
            return List.of(e.box() + ": " + (e.resumed() ? "following run " : "run ") + e.run() + ", in " + e.root());
        } else if (event instanceof BoxInspected e) {
            return List.of(e.box() + ": "
                    + Optional.ofNullable(e.facts().get("gpu"))
                            .filter(gpu -> !gpu.isBlank())
                            .map(BoxLine::gpuName)
                            .orElse("no GPU seen")
                    + ", root " + e.root() + " (" + e.rootWhy() + ")");
        } else if (event instanceof PlanReady e) {
            return List.of("plan: " + counts(e.steps()));
        } else if (event instanceof StepStarted e) {
            return List.of(e.step() + ": " + started(e));
        } else if (event instanceof StepReattached e) {
            return List.of(e.step() + ": already running for " + Quantities.time(e.elapsed()) + attempt(e.attempt()));
        } else if (event instanceof StepRetrying e) {
            return List.of(e.step() + ": attempt " + e.attempt() + " ended (" + ExitText.of(e.exit())
                    + "), tried again " + (e.pause().isZero() ? "at once" : "in " + Quantities.time(e.pause())));
        } else if (event instanceof StepSkipped e) {
            return List.of(e.step() + ": skipped, " + skipped(e.reason()));
        } else if (event instanceof StepAdopted e) {
            return List.of(e.step() + ": as wanted already, recorded");
        } else if (event instanceof StepFinished e) {
            return List.of(e.step() + ": done in " + Quantities.time(e.took())
                    + (e.attempt() > 1 ? ", at attempt " + e.attempt() : ""));
        } else if (event instanceof StepFailed e) {
            return failed(e);
        } else if (event instanceof StepBlocked e) {
            return List.of(e.step() + ": not started, as " + e.by() + " failed");
        } else if (event instanceof LinkLost e) {
            return List.of("link lost (" + e.why() + "); what runs on the box goes on, reconnecting"
                    + (e.attempt().isPresent() ? ", attempt " + e.attempt().getAsInt() : ""));
        } else if (event instanceof LinkRestored e) {
            return List.of("link restored after " + Quantities.time(e.after()));
        } else if (event instanceof StepOffered e) {
            return List.of(e.step() + ": what it builds was kept here from an earlier box, and is on this one now");
        } else if (event instanceof StepResults e) {
            return results(e);
        } else if (event instanceof TransferStarted e) {
            return List.of(TransferText.started(e));
        } else if (event instanceof TransferFinished e) {
            return List.of(TransferText.finished(e));
        } else if (event instanceof Notice e) {
            return List.of(e.text());
        } else if (event instanceof RunFinished e) {
            return List.of(finished(e));
        }
        return List.of();
    }

    private List<String> failed(StepFailed e) {
        List<String> block = new ArrayList<>();
        block.add(e.step() + ": FAILED after " + Quantities.time(e.took()) + attempt(e.attempt()) + ": "
                + ExitText.failure(e.cause(), e.exit()));
        if (!e.tail().isEmpty()) {
            block.add("  the end of its log:");
            e.tail().forEach(line -> block.add("    | " + line));
        }
        e.diagnosis().ifPresent(diagnosis -> {
            List<String> lines = diagnosis.lines().toList();
            block.add("  what is known: " + (lines.isEmpty() ? "" : lines.get(0)));
            lines.stream().skip(1).forEach(line -> block.add("    " + line));
        });
        block.add("  what to do next:");
        block.add("    " + hints.logsOf(e.step()) + "   shows the whole log");
        block.add("    " + hints.again() + "   goes on from here; what is done stays done");
        return block;
    }

    private static List<String> results(StepResults e) {
        List<String> block = new ArrayList<>();
        block.add(e.step() + ": its results are here");
        e.files().values().forEach(path -> block.add("  " + path));
        return block;
    }

    private String finished(RunFinished e) {
        String spent = Quantities.time(e.took());
        if (e.cost().isPresent() && price.isPresent()) {
            spent += ", " + price.get().amount(e.cost().getAsDouble());
        }
        return switch (e.result()) {
            case "ok" -> "done in " + spent;
            case "detached" -> "the run goes on on the box; " + hints.attach() + " follows it";
            case "cancelled" -> "cancelled after " + spent + "; " + hints.again() + " goes on from here";
            default -> "failed after " + spent + "; " + hints.again() + " goes on from here";
        };
    }

    private static String started(StepStarted e) {
        String verb = switch (e.why()) {
            case "rerun" -> "started anew";
            case "resume" -> "resumed";
            case "force" -> "started, forced";
            default -> "started";
        };
        return verb + attempt(e.attempt());
    }

    private static String attempt(int attempt) {
        return attempt > 1 ? " (attempt " + attempt + ")" : "";
    }

    private static String skipped(String reason) {
        return switch (reason) {
            case "same", "" -> "as wanted";
            case "renewed" -> "as wanted; only its script changed, the checkpoint was renewed";
            default -> reason;
        };
    }

    private static String counts(List<PlanLine> steps) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        steps.forEach(step -> counts.merge(step.action(), 1, Integer::sum));
        return Quantities.count(steps.size(), "step")
                + counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", ", steps.isEmpty() ? "" : ": ", ""));
    }
}
