package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.LoginRefusedException;
import dev.flashvsr.deploy.engine.Dial;
import dev.flashvsr.deploy.inventory.Target;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.problem.Words;
import java.util.List;
import java.util.Optional;

/** A target that can't be reached may be a misspelt name of the inventory: then that is said, too. */
record NearName(Target.Remote target, List<String> boxes) {
    /** Connects by this way, and names the box that may have been meant when nothing is there. */
    Dial over(Dial dial) {
        return () -> connect(dial);
    }

    private Box connect(Dial dial) {
        try {
            return dial.connect();
        } catch (LoginRefusedException somebodyIsThere) {
            throw somebodyIsThere;
        } catch (DeployException e) {
            Optional<String> meant = target.fromInventory() ? Optional.empty() : Words.nearest(target.host(), boxes);
            if (e.exitCode() != ExitCode.UNREACHABLE || meant.isEmpty()) {
                throw e;
            }
            throw new DeployException(
                    e.exitCode(),
                    String.valueOf(e.getMessage()),
                    "Did you mean " + Words.quoted(meant.get()) + " of env/boxes.yaml? "
                            + e.next().orElse(""),
                    e);
        }
    }
}
