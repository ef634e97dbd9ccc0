package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.plan.Action;
import dev.flashvsr.deploy.plan.BoxState;
import dev.flashvsr.deploy.plan.Holder;
import dev.flashvsr.deploy.plan.LastRun;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.PlannedStep;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a box stands: what is installed, what has drifted, its newest run, and who holds it. */
public final class StatusPrinter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Style style;
    private final Hints hints;

    /** With the commands to go on with. */
    public StatusPrinter(Style style, Hints hints) {
        this.style = style;
        this.hints = hints;
    }

    /** The lines; {@code plan} is what {@code up} would do now. */
    public List<String> lines(String name, BoxState box, Plan plan) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(BoxLine.of(name, box).toString()));
        lines.add("");
        int width =
                plan.steps().stream().mapToInt(step -> step.id().length()).max().orElse(0);
        plan.steps().forEach(step -> lines.add(line(step, width)));
        lines.add("");
        lines.add(counts(plan));
        lines.add(box.lastRun().map(run -> lastRun(run, box.busy())).orElse("No run yet."));
        box.holder().filter(Holder::alive).map(this::holder).ifPresent(lines::add);
        box.notes().forEach(note -> lines.add("Note: " + note));
        return lines;
    }

    private String line(PlannedStep step, int width) {
        String sign = switch (step.action()) {
            case SKIP, ADOPT -> style.tick();
            case RUN -> step.drifted() ? PlanSymbol.DRIFTED.shown(style) : style.dim("-");
            case RERUN, RESUME, REATTACH, UNKNOWN -> PlanSymbol.of(step).shown(style);
        };
        return "  " + sign + " " + step.id() + " ".repeat(width - step.id().length()) + "  " + step.reason();
    }

    private String counts(Plan plan) {
        long installed = plan.steps().stream()
                .filter(step -> step.action() == Action.SKIP || step.action() == Action.ADOPT)
                .count();
        long drifted = plan.steps().stream().filter(PlannedStep::drifted).count();
        String sentence = installed + " of " + Quantities.count(plan.steps().size(), "step") + " as wanted, " + drifted
                + " drifted.";
        return plan.isAsWanted() ? sentence : sentence + " " + hints.again() + " does the rest.";
    }

    private static String lastRun(LastRun run, boolean busy) {
        String end = run.end().map(StatusPrinter::ended).orElse(busy ? "going on" : "cut off: its runner is gone");
        return "Newest run: " + run.name() + ", " + end + ".";
    }

    private static String ended(String end) {
        return end.equals("ok") ? "done" : end;
    }

    private String holder(Holder holder) {
        return "Held by run " + holder.run() + " of " + holder.who() + " from " + holder.from()
                + holder.since().map(since -> " since " + time(since)).orElse("") + "; " + hints.attach()
                + " follows it.";
    }

    private static String time(Instant time) {
        return TIME.format(time);
    }
}
