package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.event.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines that the board leaves behind: what ended, and what a person should notice. */
final class BoardLog {
    private final Style style;
    private final EventText text;

    BoardLog(Style style, EventText text) {
        this.style = style;
        this.text = text;
    }

    /** None for what the board itself shows while it lasts. */
    List<String> lines(RunEvent event) {
        Optional<String> sign = sign(event);
        if (sign.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (String line : text.of(event)) {
            lines.add((lines.isEmpty() ? sign.get() : "  ") + style.plain(line));
        }
        return lines;
    }

    private Optional<String> sign(RunEvent event) {
        if (event instanceof RunEvent.StepFinished) {
            return Optional.of(style.tick() + " ");
        } else if (event instanceof RunEvent.StepResults) {
            return Optional.of(style.tick() + " ");
        } else if (event instanceof RunEvent.StepOffered) {
            return Optional.of(style.same() + " ");
        } else if (event instanceof RunEvent.TransferFinished e) {
            return Optional.of((e.bytes() < e.total() ? style.mark() : style.tick()) + " ");
        } else if (event instanceof RunEvent.StepSkipped || event instanceof RunEvent.StepAdopted) {
            return Optional.of(style.same() + " ");
        } else if (event instanceof RunEvent.StepFailed) {
            return Optional.of(style.cross() + " ");
        } else if (event instanceof RunEvent.StepRetrying
                || event instanceof RunEvent.StepBlocked
                || event instanceof RunEvent.StepReattached
                || event instanceof RunEvent.LinkRestored
                || event instanceof RunEvent.Notice) {
            return Optional.of(style.mark() + " ");
        }
        boolean edge = event instanceof RunEvent.RunStarted || event instanceof RunEvent.RunFinished;
        return edge ? Optional.of("") : Optional.empty();
    }
}
