package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.checkpoint.Attempt;
import dev.flashvsr.deploy.checkpoint.Checkpoint;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Says why, in one line, for each line of the table. */
record Reasons(StepTable table) {
    String runningNow() {
        return attemptOf("is running now") + ", in a run that goes on";
    }

    String reattach() {
        String running = attemptOf("is still running") + " though its runner is gone";
        return table.attemptWasForOther()
                ? running + "; it was begun with other inputs: waits for its end, then plan again"
                : running + ": it is taken over";
    }

    String resume() {
        return (table.force() ? "forced; " : "") + attempt().map(Reasons::ended).orElse("") + changes("; ");
    }

    String run() {
        if (table.force()) {
            return "forced";
        }
        if (table.hasMatchingCheckpoint()) {
            return "drifted: was done" + on(table.state().checkpoint()) + " but its check says no" + said();
        }
        if (table.waitsToBeRecorded()) {
            return "drifted: " + attemptOf("had finished") + " but its check says no" + said();
        }
        return table.hasCheckpoint() ? "not as wanted" + changes(": ") : "not there yet" + said();
    }

    String rerunAfterBadEnd() {
        return "its check says yes, but " + attempt().map(Reasons::ended).orElse("")
                + (table.attemptWasForOther()
                        ? " and was made with other inputs"
                        : " and had begun "
                                + (table.attemptWasForced() ? "without asking it" : "when it said yes already"));
    }

    String rerunForChanges() {
        return table.state()
                .checkpoint()
                .map(old -> Changes.since(old, table.step(), table.values()))
                .orElse("it was made from other inputs");
    }

    String unknown() {
        String own = table.state().check().answer() == Answer.UNKNOWN ? "its check can't tell" + said() + "; " : "";
        return own + "decided on the box"
                + table.after().map(need -> ", after " + need).orElse("");
    }

    String skip() {
        String since = "as wanted"
                + table.state()
                        .checkpoint()
                        .flatMap(Checkpoint::time)
                        .map(time -> ", done on " + LocalDate.ofInstant(time, ZoneOffset.UTC))
                        .orElse("");
        boolean sameScript = table.state()
                .checkpoint()
                .map(Checkpoint::scriptHash)
                .filter(table.scriptHash()::equals)
                .isPresent();
        return sameScript ? since : since + "; only its script changed: the checkpoint is renewed";
    }

    String adopt() {
        if (table.waitsToBeRecorded()) {
            return attemptOf("had finished") + " when its runner died: it is recorded now";
        }
        return table.state().unreadable()
                ? "as wanted; its checkpoint can't be read and is written anew"
                : "as wanted already: it is recorded, nothing is run";
    }

    private Optional<Attempt> attempt() {
        return table.state().attempt();
    }

    private String attemptOf(String verb) {
        return attempt().map(last -> "attempt " + last.number() + ' ' + verb).orElse(verb);
    }

    private String said() {
        String said = table.state().check().said();
        return said.isEmpty() ? "" : " (" + said + ')';
    }

    /** What changed since the checkpoint, where it was made from something else. */
    private String changes(String before) {
        return table.hasMatchingCheckpoint()
                ? ""
                : table.state()
                        .checkpoint()
                        .map(old -> before + Changes.since(old, table.step(), table.values()))
                        .orElse("");
    }

    private static String on(Optional<Checkpoint> checkpoint) {
        return checkpoint
                .flatMap(Checkpoint::time)
                .map(time -> " on " + LocalDate.ofInstant(time, ZoneOffset.UTC))
                .orElse("");
    }

    /** How the attempt ended, such as {@code attempt 2 ended with exit 137}. */
    private static String ended(Attempt attempt) {
        String who = "attempt " + attempt.number();
        if (attempt.result().equals(Optional.of("cancelled"))) {
            return who + " was cancelled";
        }
        return who + ' ' + attempt.exit().map(exit -> ended(exit, attempt)).orElse("was cut off");
    }

    private static String ended(String exit, Attempt attempt) {
        return switch (exit) {
            case "timeout" -> "ran out of its time limit";
            case "log-limit" -> "printed more than its log limit";
            case "cancelled" -> "was cancelled";
            case "0" ->
                "ended with exit 0, but the check after it "
                        + (attempt.after().equals(Optional.of("no")) ? "said no" : "could not confirm it");
            case "137" -> "ended with exit 137 (killed, often for memory)";
            default -> "ended with exit " + exit;
        };
    }
}
