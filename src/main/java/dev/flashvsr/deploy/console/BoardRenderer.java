package dev.flashvsr.deploy.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes the board's lines from what is known, the size and the time: nothing else goes in, nothing is drawn. */
final class BoardRenderer {
    private static final int BAR = 20;
    private static final int SMALL_BAR = 10;

    private final Style style;
    private final Optional<Price> price;

    BoardRenderer(Style style, Optional<Price> price) {
        this.style = style;
        this.price = price;
    }

    /** No line is as wide as the terminal, and there are fewer of them than it has rows. */
    List<String> lines(BoardState state, TerminalSize size, Instant now) {
        if (state.begin().isEmpty() || state.ended()) {
            return List.of();
        }
        int width = size.columns() - 1;
        List<String> head = new ArrayList<>();
        head.add(style.bold(fit(header(state, now), width)));
        state.lostSince()
                .map(since -> fit(
                        "! link lost for " + Quantities.clock(Duration.between(since, now))
                                + ": what runs on the box goes on; reconnecting",
                        width))
                .map(style::yellow)
                .ifPresent(head::add);
        int rows = size.rows() - 1 - head.size();
        int steps = state.running().size();
        int shown = steps <= rows ? steps : rows - 1;
        boolean withOutput = 2 * steps <= rows;
        state.running().stream().limit(shown).forEach(step -> {
            head.add(step(step, nameWidth(state), width, now));
            step.output()
                    .filter(line -> withOutput)
                    .map(line -> style.dim(fit("    " + style.plain(line), width)))
                    .ifPresent(head::add);
        });
        if (shown < steps) {
            head.add(fit("  and " + (steps - shown) + " more", width));
        }
        return head;
    }

    private String header(BoardState state, Instant now) {
        Duration elapsed = Duration.between(state.begin().orElse(now), now);
        List<String> parts = new ArrayList<>();
        parts.add(style.plain(state.box()));
        state.gpu().ifPresent(gpu -> parts.add(style.plain(gpu)));
        parts.add(Quantities.clock(elapsed));
        price.ifPresent(known -> parts.add(known.of(elapsed)));
        if (!state.plan().isEmpty()) {
            parts.add(state.settled().size() + " of "
                    + Quantities.count(state.plan().size(), "step"));
        }
        return String.join("   ", parts);
    }

    private String step(RunningStep step, int nameWidth, int width, Instant now) {
        String name = Columns.pad(fit(style.plain(step.id()), nameWidth), nameWidth);
        if (step.nextAttempt().isPresent()) {
            Duration left = Duration.between(now, step.nextAttempt().get());
            String text = "attempt " + step.attempt() + " failed, next in " + Quantities.clock(left);
            return style.yellow("~") + " " + fit(name + "  " + text, width - 2);
        }
        String elapsed = Quantities.clock(Duration.between(step.since(), now))
                + (step.attempt() > 1 ? ", attempt " + step.attempt() : "");
        String left = forecast(step, now);
        String times = left.isEmpty() ? elapsed : elapsed + ", " + left;
        if (step.progress().isEmpty()) {
            return style.running() + " " + fit(name + "  " + times, width - 2);
        }
        ProgressTrack track = step.progress().get();
        int bar = width >= 80 ? BAR : SMALL_BAR;
        String before = name + "  ";
        String percent = String.format(Locale.ROOT, " %3d %%  ", (int) Math.floor(track.last() * 100));
        String after = percent + times + (track.label().isEmpty() ? "" : "  " + style.plain(track.label()));
        int room = width - 2 - Columns.of(before) - bar;
        return room < 6
                ? style.running() + " " + fit(before + percent.strip(), width - 2)
                : style.running() + " " + before + style.bar(track.last(), bar) + fit(after, room);
    }

    /** What is left: by the progress where it tells, else by the expected time, else nothing. */
    private static String forecast(RunningStep step, Instant now) {
        Optional<Duration> left = step.progress().flatMap(track -> track.left(now));
        if (left.isPresent()) {
            return left.get().compareTo(Duration.ofSeconds(1)) < 0
                    ? "nearly done"
                    : "about " + Quantities.roughTime(left.get()) + " left";
        }
        if (step.expected().isEmpty()) {
            return "";
        }
        Duration expected = step.expected().get();
        Duration rest = expected.minus(Duration.between(step.since(), now));
        return rest.isNegative()
                ? "longer than the expected " + Quantities.roughTime(expected)
                : "about " + Quantities.roughTime(rest) + " left";
    }

    private static int nameWidth(BoardState state) {
        return Math.min(
                28,
                state.running().stream()
                        .mapToInt(step -> Columns.of(step.id()))
                        .max()
                        .orElse(0));
    }

    private String fit(String text, int columns) {
        return Columns.fit(text, columns, style.ellipsis());
    }
}
