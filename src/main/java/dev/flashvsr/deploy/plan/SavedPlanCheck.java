package dev.flashvsr.deploy.plan;

import dev.flashvsr.deploy.playbook.Names;
import dev.flashvsr.deploy.playbook.Values;
import dev.flashvsr.deploy.problem.Problem;
import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.ProblemsException;
import dev.flashvsr.deploy.problem.SourceLocation;
import dev.flashvsr.deploy.problem.Words;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds a saved plan to what a playbook is held to: anybody may have edited the file. */
final class SavedPlanCheck {
    private static final int MAX_STEPS = 500;
    private static final Pattern BOX = Pattern.compile("[0-9a-f]{32}");

    private final String text;
    private final String file;
    private final Problems problems = new Problems();

    private SavedPlanCheck(String text, String file) {
        this.text = text;
        this.file = file;
    }

    /**
     * Checks all of it.
     *
     * @param text as it stands in the file
     * @throws ProblemsException exit 2, naming every problem with its line
     */
    static void check(SavedPlan plan, String text, String file) {
        SavedPlanCheck check = new SavedPlanCheck(text, file);
        check.all(plan);
        check.problems.throwIfAny();
    }

    private void all(SavedPlan plan) {
        Names.wrongId(plan.playbook()).ifPresent(why -> add("playbook", "\"playbook\" " + why));
        plan.root().flatMap(root -> Values.wrong("root", root)).ifPresent(why -> add("root", "\"root\" " + why));
        if (plan.boxId().filter(id -> !BOX.matcher(id).matches()).isPresent()) {
            add("box", "\"box\" is not 32 hex digits");
        }
        if (plan.steps().isEmpty() || plan.steps().size() > MAX_STEPS) {
            add(
                    "steps",
                    "a plan has from 1 to " + MAX_STEPS + " steps, not "
                            + plan.steps().size());
        }
        Set<String> ids = new HashSet<>();
        for (SavedPlan.SavedStep step : plan.steps()) {
            String shown = "the step " + Words.quoted(Shown.line(step.id())) + ": ";
            Names.wrongId(step.id()).ifPresent(why -> add(step.id(), shown + "its id " + why));
            if (!ids.add(step.id())) {
                add(step.id(), shown + "it is here a second time");
            }
            step.needs()
                    .forEach(need -> Names.wrongId(need)
                            .ifPresent(why ->
                                    add(need, shown + "the need " + Words.quoted(Shown.line(need)) + " " + why)));
            step.inputs()
                    .forEach((name, value) -> Names.wrongVariable(name)
                            .or(() -> Values.wrong(name, value))
                            .ifPresent(why -> add(name, shown + Words.quoted(Shown.line(name)) + " " + why)));
        }
    }

    private void add(String word, String what) {
        problems.add(new Problem(place(word), what, Optional.empty(), Optional.empty()));
    }

    /** Where a key or a value stands first. */
    private Optional<SourceLocation> place(String word) {
        Matcher found = Pattern.compile('"' + Pattern.quote(word) + '"').matcher(text);
        int at = found.find() ? found.start() : 0;
        String before = text.substring(0, at);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return Optional.of(new SourceLocation(file, line, at - before.lastIndexOf('\n')));
    }
}
