package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.event.RunEvent.StepOutput;
import dev.flashvsr.deploy.event.RunEvent.StepProgress;
import dev.flashvsr.deploy.event.RunEvent.TransferProgress;
import dev.flashvsr.deploy.event.RunListener;
import dev.flashvsr.deploy.progress.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Lines that stay, each behind the time since the beginning: for logs, pipes and simple terminals. */
public final class PlainView implements RunListener {
    /** A step that shows its progress and prints no lines of its own is told this often. */
    private static final Duration QUIET = Duration.ofSeconds(30);

    private final Consumer<String> lines;
    private final EventText text;
    private final Map<String, Instant> lastTold = new HashMap<>();
    private Optional<Instant> begin = Optional.empty();

    /** Hands each line, without its end, to {@code lines}. */
    public PlainView(Consumer<String> lines, Hints hints, Optional<Price> price) {
        this.lines = lines;
        this.text = new EventText(hints, price);
    }

    @Override
    public void on(RunEvent event) {
        Instant start = begin.orElse(event.ts());
        begin = Optional.of(start);
        String time = Quantities.clock(Duration.between(start, event.ts()));
        List<String> told = told(event);
        for (int i = 0; i < told.size(); i++) {
            lines.accept((i == 0 ? time : " ".repeat(time.length())) + "  " + SafeText.of(told.get(i)));
        }
    }

    private List<String> told(RunEvent event) {
        if (event instanceof StepOutput output) {
            lastTold.put(output.step(), output.ts());
            return List.of(output.step() + " | " + output.line());
        }
        if (event instanceof StepProgress e) {
            return progress(e.ts(), e.step(), e.fraction(), e.label());
        }
        if (event instanceof TransferProgress e) {
            return progress(e.ts(), e.file(), TransferText.fraction(e), TransferText.amount(e));
        }
        return text.of(event);
    }

    private List<String> progress(Instant now, String what, double fraction, String label) {
        Instant last = lastTold.computeIfAbsent(what, name -> now);
        if (Duration.between(last, now).compareTo(QUIET) < 0) {
            return List.of();
        }
        lastTold.put(what, now);
        return List.of(what + " | " + Math.round(fraction * 100) + " % " + label);
    }
}
