package dev.flashvsr.deploy.playbook;

import dev.flashvsr.deploy.problem.Problems;
import dev.flashvsr.deploy.problem.ProblemsException;
import dev.flashvsr.deploy.problem.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values that a run works with. */
public final class Variables {
    private Variables() {}

    /**
     * Every variable of the playbook with its value: its default, else what the environment file, the inventory and the
     * command line say, the later over the earlier. {@code root} is there only if somebody gave it.
     *
     * @throws ProblemsException if one is set that the playbook does not define, or to a value that it can't have
     */
    public static Map<String, String> resolve(
            Playbook playbook, List<Setting> environment, List<Setting> inventory, List<Setting> commandLine) {
        Set<String> known = new LinkedHashSet<>(playbook.variables().keySet());
        known.add(Values.ROOT);
        Map<String, String> values = new LinkedHashMap<>(playbook.variables());
        Problems problems = new Problems();
        List<Setting> settings = new ArrayList<>(environment);
        settings.addAll(inventory);
        settings.addAll(commandLine);
        for (Setting setting : settings) {
            if (known.contains(setting.name())) {
                Values.wrong(setting.name(), setting.value())
                        .ifPresent(why -> problems.add(Values.shown(
                                setting.value(),
                                setting.problem(Words.quoted(setting.name()) + " " + why, Optional.empty()))));
                values.put(setting.name(), setting.value());
            } else if (playbook.secrets().contains(setting.name())) {
                problems.add(Values.withoutItsLine(setting.problem(
                        Words.quoted(setting.name()) + " is a secret and can't be set here",
                        Optional.of("set it in the environment of this command"))));
            } else {
                problems.add(setting.problem(
                        "the playbook " + playbook.name() + " has no variable " + Words.quoted(setting.name()),
                        Words.hint(setting.name(), known)));
            }
        }
        problems.throwIfAny();
        return Collections.unmodifiableMap(values);
    }
}
