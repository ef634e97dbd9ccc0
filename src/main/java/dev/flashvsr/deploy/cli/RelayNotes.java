package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.console.Quantities;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.relay.RelayPlan;
import dev.flashvsr.deploy.relay.RelayedHosts;
import java.util.ArrayList;
import java.util.List;

/** What a person should know of what goes through this machine. */
final class RelayNotes {
    private RelayNotes() {}

    /** In sentences; none without {@code --relay}. {@code detached}: the run itself is not followed. */
    static List<String> of(RelayedHosts hosts, RelayPlan plan, boolean detached) {
        if (hosts.isNone()) {
            return List.of();
        }
        List<String> notes = new ArrayList<>();
        notes.add(
                plan.isEmpty()
                        ? "Nothing is to be fetched by way of this machine: what steps need is on the box."
                        : "By way of this machine: " + Quantities.count(plan.count(), "download")
                                + ", about " + Quantities.bytes(plan.bytes()) + ", from "
                                + String.join(", ", plan.hosts())
                                + ". It is sent to the box before anything is run there"
                                + (detached ? "; --detach leaves to the box what comes after that." : "."));
        if (!plan.others().isEmpty()) {
            notes.add("Still fetched by the box itself: " + String.join("; ", plan.others()) + ".");
        }
        return notes;
    }

    /**
     * Refuses what this machine has no room for.
     *
     * @param room bytes that are free where it is kept
     * @param here bytes of it that are there already
     */
    static void insistOnRoom(RelayPlan plan, String directory, long room, long here) {
        long missing = plan.bytes() - here;
        if (missing > room) {
            throw new DeployException(
                    ExitCode.FAILED,
                    "About " + Quantities.bytes(missing) + " are to come to this machine, and " + Quantities.bytes(room)
                            + " are free in " + directory + ".",
                    "Make room there, or choose another directory by --state-dir; --relay=HOST relays less.");
        }
    }
}
