package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.progress.LineAssembler;
import dev.flashvsr.deploy.progress.Progress;
import dev.flashvsr.deploy.progress.ProgressReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The log of one attempt as far as it has come: its lines, its last words, its progress. Bounded whatever is printed. */
final class StepLog {
    private static final int TAIL_LINES = 30;

    /** Hears one line, and what it says of the step's progress. */
    interface Lines {
        void line(LineAssembler.Line line, Optional<Progress> progress);
    }

    private final String step;
    private final String path;
    private final int attempt;
    private final LineAssembler assembler;
    private final Optional<ProgressReader> progress;
    private final Deque<String> tail = new ArrayDeque<>();
    private final Lines lines;
    private final long start;
    private long offset;
    private boolean begun;
    private Optional<EventLine> end = Optional.empty();

    /** {@code start}: where to begin in the file; negative: so many bytes before its end. */
    StepLog(String step, int attempt, String path, long start, Optional<ProgressReader> progress, Lines lines) {
        this.step = step;
        this.attempt = attempt;
        this.path = path;
        this.start = start;
        this.progress = progress;
        this.lines = lines;
        this.assembler = new LineAssembler(this::line);
    }

    /** Takes the bytes that lie at this offset; what came before already is left out. */
    void bytes(long at, byte[] data) {
        begun = true;
        if (offset > at) {
            int known = (int) Math.min(offset - at, data.length);
            assembler.feed(data, known, data.length - known);
        } else {
            assembler.feed(data, 0, data.length);
        }
        offset = Math.max(offset, at + data.length);
    }

    private void line(LineAssembler.Line line) {
        if (!line.update()) {
            tail.addLast(line.text());
            if (tail.size() > TAIL_LINES) {
                tail.removeFirst();
            }
        }
        lines.line(line, progress.flatMap(reader -> reader.feed(line.text())));
    }

    /** The attempt is over, as this line says; its log may still be on the way. */
    void endsWith(EventLine line) {
        end = Optional.of(line);
    }

    /** The line that ended the attempt, once it is known. */
    Optional<EventLine> end() {
        return end;
    }

    /** No more will come: a last line without an end is a line too. */
    void close() {
        assembler.end();
    }

    String step() {
        return step;
    }

    String path() {
        return path;
    }

    int attempt() {
        return attempt;
    }

    /** Where to go on: behind what has come, or where to begin as long as nothing has. */
    long next() {
        return begun ? offset : start;
    }

    /** The last lines. */
    List<String> tail() {
        return List.copyOf(tail);
    }
}
