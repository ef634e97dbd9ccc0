package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.plan.BoxState;
import dev.flashvsr.deploy.plan.Disclosure;
import dev.flashvsr.deploy.plan.LastRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a person should know beside a plan's steps. */
final class PlanNotes {
    private PlanNotes() {}

    /** In sentences; {@code environment} is the caller's. */
    static List<String> of(Work work, BoxState box, Map<String, String> environment) {
        List<String> notes = new ArrayList<>(box.notes());
        List<String> missing = box.lastRun().map(LastRun::secretNames).orElse(List.of()).stream()
                .filter(work.playbook().secrets()::contains)
                .filter(name -> !Disclosure.isSet(environment, name))
                .toList();
        if (!missing.isEmpty()) {
            notes.add("The newest run on the box had " + String.join(", ", missing)
                    + " from its caller's environment; here that is not set, so steps run without it.");
        }
        if ("kills".equals(box.facts().get("logind"))) {
            notes.add(
                    "The box ends a user's processes at logout (KillUserProcesses in logind.conf). Where lingering can't"
                            + " be switched on ('loginctl enable-linger'), a run ends with the connection.");
        }
        return notes;
    }
}
