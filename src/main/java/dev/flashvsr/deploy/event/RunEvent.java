package dev.flashvsr.deploy.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What happens in a run, as its listeners hear it. All text in it is redacted and safe to show. */
public sealed interface RunEvent {
    /** When, by this machine's clock. */
    Instant ts();

    /** Following began: {@code box} as the user calls it; {@code resumed} when the run was already there. */
    record RunStarted(Instant ts, String run, String box, String root, boolean resumed) implements RunEvent {}

    /**
     * The box was looked at, before anything is run.
     *
     * @param box as the user calls it
     * @param root absolute path on the box
     * @param rootWhy {@code given}, {@code found} or {@code chosen}
     * @param facts by name, one line each, such as {@code gpu} and {@code os}
     * @param findings of what the playbook requires; none where it requires nothing or a run was joined
     */
    record BoxInspected(
            Instant ts, String box, String root, String rootWhy, Map<String, String> facts, List<Found> findings)
            implements RunEvent {}

    /**
     * How one requirement stands.
     *
     * @param verdict PASS, WARN, ASK, UNKNOWN or FAIL
     * @param curedBy steps that mend it
     */
    record Found(String id, String verdict, String says, List<String> curedBy) {}

    /** One line of a plan. */
    record PlanLine(String id, String title, String action, String reason, Optional<Duration> expected) {}

    /** The plan that is going to be run. */
    record PlanReady(Instant ts, List<PlanLine> steps) implements RunEvent {}

    /** An attempt began; {@code why} is run, rerun, resume or force. */
    record StepStarted(Instant ts, String step, int attempt, String why) implements RunEvent {}

    /** A step was already running when following began; {@code elapsed} is how long, by the box's clock. */
    record StepReattached(Instant ts, String step, int attempt, Duration elapsed) implements RunEvent {}

    /** One line that a step printed, without its end of line. */
    record StepOutput(Instant ts, String step, String line) implements RunEvent {}

    /** How far a step is, 0 to 1, and what was read for it, such as {@code [17/25]}. */
    record StepProgress(Instant ts, String step, double fraction, String label) implements RunEvent {}

    /** An attempt ended badly and another follows after the pause. */
    record StepRetrying(Instant ts, String step, int attempt, String exit, Duration pause) implements RunEvent {}

    /** Nothing was to be done. */
    record StepSkipped(Instant ts, String step, String reason) implements RunEvent {}

    /** As wanted without a checkpoint: one was written. */
    record StepAdopted(Instant ts, String step) implements RunEvent {}

    /** Done and confirmed. */
    record StepFinished(Instant ts, String step, int attempt, Duration took) implements RunEvent {}

    /**
     * Failed for good; {@code cause} is one of the protocol's words, {@code tail} the last lines of its log,
     * {@code diagnosis} what is known about such a failure.
     */
    record StepFailed(
            Instant ts,
            String step,
            int attempt,
            String exit,
            String cause,
            Duration took,
            List<String> tail,
            Optional<String> diagnosis)
            implements RunEvent {}

    /** Not started, because {@code by} failed. */
    record StepBlocked(Instant ts, String step, String by) implements RunEvent {}

    /** What a step would build was taken to the box from here: the entry {@code entry} of its cache. */
    record StepOffered(Instant ts, String step, String entry) implements RunEvent {}

    /** The results of a step that ran, by their paths below root, with their places on this machine. */
    record StepResults(Instant ts, String step, Map<String, String> files) implements RunEvent {}

    /**
     * Bytes begin to move.
     *
     * @param file what a person calls it
     * @param total bytes of all of it
     */
    record TransferStarted(Instant ts, String file, Way way, long total) implements RunEvent {}

    /** So many {@code bytes} of {@code total} are there now, those included that were there from an earlier time. */
    record TransferProgress(Instant ts, String file, Way way, long bytes, long total) implements RunEvent {}

    /** All of it is there; or, with fewer {@code bytes} than {@code total}, it ended early, and why is told elsewhere. */
    record TransferFinished(Instant ts, String file, Way way, long bytes, long total, Duration took)
            implements RunEvent {}

    /** Whence and whither a transfer goes. */
    enum Way {
        /** From this machine to the box. */
        TO_BOX("to-box"),
        /** From the box to this machine. */
        FROM_BOX("from-box"),
        /** From elsewhere to this machine. */
        DOWNLOAD("download");

        private final String word;

        Way(String word) {
            this.word = word;
        }

        /** As events in JSON name it. */
        public String word() {
            return word;
        }
    }

    /** The link is gone; the run goes on. */
    record LinkLost(Instant ts, String why, OptionalInt attempt) implements RunEvent {}

    /** The link is back after so long. */
    record LinkRestored(Instant ts, Duration after) implements RunEvent {}

    /** Something a person should know that is no event of a step. */
    record Notice(Instant ts, String text) implements RunEvent {}

    /** {@code result} is ok, failed, cancelled or detached; {@code cost} in the currency of the price, where one is known. */
    record RunFinished(Instant ts, String run, String result, Duration took, OptionalDouble cost) implements RunEvent {}
}
