package dev.flashvsr.deploy.console;

import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.PlanSummary;
import dev.flashvsr.deploy.plan.PlanSummary.Amounts;
import dev.flashvsr.deploy.plan.PlannedStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A plan for people: the box, a legend, one line a step in order, and one sentence of figures. */
public final class PlanPrinter {
    private static final String UNCHANGED = "Nothing has been changed.";

    private final Style style;
    private final Optional<Price> price;

    /** With the price of the box, where it is known. */
    public PlanPrinter(Style style, Optional<Price> price) {
        this.style = style;
        this.price = price;
    }

    /** The plan's lines; {@code box} is empty for a plan made without one. */
    public List<String> lines(Optional<BoxLine> box, Plan plan) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(box.map(BoxLine::toString)
                .orElse("No box was asked: what each step takes where nothing is there yet")));
        lines.add("");
        legend(plan).forEach(symbol -> lines.add("  " + symbol.legend(style)));
        lines.add("");
        lines.addAll(steps(plan));
        lines.add("");
        lines.add(sentence(plan, box.flatMap(BoxLine::freeBytes)));
        return lines;
    }

    private static List<PlanSymbol> legend(Plan plan) {
        return Arrays.stream(PlanSymbol.values())
                .filter(symbol -> plan.steps().stream().anyMatch(step -> PlanSymbol.of(step) == symbol))
                .toList();
    }

    private List<String> steps(Plan plan) {
        int width =
                plan.steps().stream().mapToInt(step -> step.id().length()).max().orElse(0);
        return plan.steps().stream().map(step -> line(step, width)).toList();
    }

    private String line(PlannedStep step, int width) {
        PlanSymbol symbol = PlanSymbol.of(step);
        String expected = symbol.takesTime()
                ? step.expected()
                        .map(time -> ", about " + Quantities.roughTime(time))
                        .orElse("")
                : "";
        return "  " + symbol.shown(style) + " " + step.id()
                + " ".repeat(width - step.id().length()) + "  " + step.title() + ": " + step.reason() + expected;
    }

    private String sentence(Plan plan, Optional<Long> free) {
        if (plan.isEmpty()) {
            return "Nothing to do: " + Quantities.count(plan.steps().size(), "step") + " as wanted. " + UNCHANGED;
        }
        PlanSummary summary = PlanSummary.of(
                plan, price.map(known -> OptionalDouble.of(known.perHour())).orElse(OptionalDouble.empty()));
        String counts = Arrays.stream(PlanSymbol.values())
                .map(symbol -> counted(plan, symbol))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        String amounts = amounts(summary, free);
        String unestimated = summary.atMost().unestimated() == 0
                ? ""
                : " (without " + Quantities.count(summary.atMost().unestimated(), "step")
                        + " of which no time is known)";
        long renewed = plan.steps().stream().filter(PlannedStep::renews).count();
        String renewals = renewed == 0 ? "" : ", " + Quantities.count(renewed, "checkpoint") + " to renew";
        return counts + renewals + (amounts.isEmpty() ? "" : ": " + amounts) + unestimated + ". " + UNCHANGED;
    }

    private static Optional<String> counted(Plan plan, PlanSymbol symbol) {
        long count = plan.steps().stream()
                .filter(step -> PlanSymbol.of(step) == symbol)
                .count();
        return count == 0 ? Optional.empty() : Optional.of(count + " " + symbol.counted());
    }

    private String amounts(PlanSummary summary, Optional<Long> free) {
        List<String> parts = new ArrayList<>();
        range(summary, amounts -> time(amounts.time()))
                .ifPresent(time -> parts.add(time.startsWith("at") ? time : "about " + time));
        range(summary, amounts -> bytes(amounts.download())).ifPresent(bytes -> parts.add(bytes + " to download"));
        range(summary, amounts -> bytes(amounts.disk()))
                .ifPresent(bytes -> parts.add(bytes + " of disk"
                        + free.map(there -> disk(summary.atMost().disk(), there))
                                .orElse("")));
        price.flatMap(known -> range(summary, amounts -> cost(known, amounts)).map(cost -> cost + " at " + known))
                .ifPresent(parts::add);
        return String.join(", ", parts);
    }

    /** One figure, or what is sure and what it may become. */
    private static Optional<String> range(PlanSummary summary, Function<Amounts, String> figure) {
        String sure = figure.apply(summary.sure());
        String atMost = figure.apply(summary.atMost());
        if (atMost.isEmpty()) {
            return Optional.empty();
        }
        if (sure.equals(atMost)) {
            return Optional.of(sure);
        }
        return Optional.of(sure.isEmpty() ? "at most " + atMost : sure + " (at most " + atMost + ")");
    }

    private static String disk(long needed, long free) {
        return " (" + Quantities.bytes(free) + " free" + (needed > free ? ": TOO LITTLE)" : ")");
    }

    private static String time(Duration time) {
        return time.isZero() ? "" : Quantities.roughTime(time);
    }

    private static String bytes(long bytes) {
        return bytes == 0 ? "" : Quantities.bytes(bytes);
    }

    private static String cost(Price price, Amounts amounts) {
        return amounts.time().isZero() ? "" : price.of(amounts.time());
    }
}
