package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.local.LocalBox;
import dev.flashvsr.deploy.engine.Dial;
import dev.flashvsr.deploy.inventory.Inventory;
import dev.flashvsr.deploy.inventory.Target;
import java.util.List;

/** How a box is reached that the user named. */
final class Way {
    private Way() {}

    /** Prepared at once; what is wrong with the options is said when the connection is asked for. */
    static Dial to(Target target, Inventory known, TargetOptions options) {
        if (target instanceof Target.Remote remote) {
            NearName name = new NearName(remote, List.copyOf(known.boxes().keySet()));
            return new DialAhead(prompt -> name.over(SshDial.to(remote, options, prompt)), new TerminalPrompt());
        }
        return LocalBox::ofThisUser;
    }

    /** Sets out, now that all that was read holds. */
    static void begin(Dial way) {
        if (way instanceof DialAhead ahead) {
            ahead.begin();
        }
    }
}
