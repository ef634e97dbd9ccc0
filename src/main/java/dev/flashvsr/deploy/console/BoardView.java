package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.event.RunListener;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The live board: running steps at the bottom of the terminal, what is done above. One thread draws, at most ten times a
 * second, so that hearing an event costs nothing however slow the terminal is. {@link #close} erases the board; what is
 * above it stays.
 */
public final class BoardView implements RunListener, AutoCloseable {
    private static final long REDRAW_MILLIS = 100;
    private static final Duration SIZE_LASTS = Duration.ofSeconds(1);
    private static final long CLOSE_SECONDS = 2;

    private final Object lock = new Object();
    private final BoardLog log;
    private final BoardRenderer renderer;
    private final Screen screen;
    private final Supplier<TerminalSize> size;
    private final Clock clock;
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "board");
        thread.setDaemon(true);
        return thread;
    });

    private BoardState state = BoardState.EMPTY;
    private List<String> staying = new ArrayList<>();
    private TerminalSize lastSize = TerminalSize.USUAL;
    private Instant sizeSeen = Instant.MIN;

    /**
     * A board that is drawn from {@link #start} on.
     *
     * @param out the terminal
     * @param size asked once a second, by the drawing thread
     */
    public BoardView(
            PrintStream out,
            Style style,
            Hints hints,
            Optional<Price> price,
            Supplier<TerminalSize> size,
            Clock clock) {
        this.log = new BoardLog(style, new EventText(hints, price));
        this.renderer = new BoardRenderer(style, price);
        this.screen = new Screen(out);
        this.size = size;
        this.clock = clock;
    }

    /** Begins to draw. */
    public void start() {
        var unused = writer.scheduleWithFixedDelay(this::draw, 0, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void on(RunEvent event) {
        synchronized (lock) {
            state = state.after(event);
            staying.addAll(log.lines(event));
        }
    }

    /** Draws what has come, now; only the drawing thread and {@link #close} call it. */
    void draw() {
        BoardState shown;
        List<String> lines;
        synchronized (lock) {
            shown = state;
            lines = staying;
            staying = new ArrayList<>();
        }
        Instant now = clock.instant();
        screen.draw(lines, renderer.lines(shown, sizeAt(now), now), lastSize.columns());
    }

    /** Erases the board and leaves what is done; may be called more than once, also while the process ends. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            // A terminal that takes no more output (Ctrl-S) must not keep the process from ending.
            if (!writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        List<String> lines;
        synchronized (lock) {
            lines = staying;
            staying = new ArrayList<>();
        }
        screen.draw(lines, List.of(), lastSize.columns());
    }

    private TerminalSize sizeAt(Instant now) {
        if (sizeSeen.equals(Instant.MIN) || Duration.between(sizeSeen, now).compareTo(SIZE_LASTS) >= 0) {
            lastSize = size.get();
            sizeSeen = now;
        }
        return lastSize;
    }
}
