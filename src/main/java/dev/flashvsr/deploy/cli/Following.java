package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.checkpoint.Journal;
import dev.flashvsr.deploy.console.BoardView;
import dev.flashvsr.deploy.console.Hints;
import dev.flashvsr.deploy.console.JsonView;
import dev.flashvsr.deploy.console.PlainView;
import dev.flashvsr.deploy.console.Price;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.event.RunListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Everything that listens while a run is followed: the view, the journal, and what Ctrl-C has to say. */
final class Following implements RunListener, AutoCloseable {
    private final List<RunListener> listeners = new ArrayList<>();
    private final Journal journal;
    private final Hints hints;
    private final Interrupt interrupt;
    private final Optional<BoardView> board;
    private final Set<String> running = new TreeSet<>();

    Following(OutputOptions output, Journal journal, Hints hints, Optional<Price> price, Interrupt interrupt) {
        this.journal = journal;
        this.hints = hints;
        this.interrupt = interrupt;
        listeners.add(journal);
        board = output.terminal().live() && !output.json
                ? Optional.of(Boards.open(output, hints, price))
                : Optional.empty();
        board.ifPresent(view -> interrupt.before(view::close));
        listeners.add(board.<RunListener>map(view -> view)
                .orElseGet(() -> output.json
                        ? new JsonView(output.out()::println)
                        : new PlainView(output.out()::println, hints, price)));
    }

    /** This one hears what follows, too. */
    synchronized void alsoTo(RunListener listener) {
        listeners.add(listener);
    }

    @Override
    public synchronized void on(RunEvent event) {
        if (event instanceof RunEvent.RunStarted) {
            running.clear();
            sayWhatGoesOn();
        } else if (event instanceof RunEvent.StepStarted started) {
            running.add(started.step());
            sayWhatGoesOn();
        } else if (event instanceof RunEvent.StepReattached there) {
            running.add(there.step());
            sayWhatGoesOn();
        } else if (event instanceof RunEvent.StepFinished done) {
            running.remove(done.step());
            sayWhatGoesOn();
        } else if (event instanceof RunEvent.StepFailed failed) {
            running.remove(failed.step());
            sayWhatGoesOn();
        }
        if (!interrupt.isEnding()) {
            listeners.forEach(listener -> listener.on(event));
        }
    }

    private void sayWhatGoesOn() {
        interrupt.says("The run on the box goes on"
                + (running.isEmpty() ? "" : " (running now: " + String.join(", ", running) + ")") + ". '"
                + hints.attach() + "' follows it again, '" + hints.cancel() + "' ends it.");
    }

    @Override
    public void close() {
        board.ifPresent(BoardView::close);
        journal.close();
    }

    /** Why the journal is not written any more, if so. */
    Optional<String> trouble() {
        return journal.trouble();
    }
}
