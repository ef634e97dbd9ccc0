package dev.flashvsr.deploy.inventory;

import dev.flashvsr.deploy.playbook.Setting;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The machine that a command is for. */
public sealed interface Target {
    /** The word for this machine. */
    String LOCAL = "local";

    /** What the user calls it. */
    String name();

    /** This machine. */
    record Local() implements Target {
        @Override
        public String name() {
            return LOCAL;
        }
    }

    /**
     * A machine that is reached by SSH.
     *
     * @param name what the user calls it: its name in the inventory, or the target as given
     * @param user empty: what the SSH configuration says
     * @param host name, address (IPv6 without brackets) or alias of the SSH configuration
     * @param port 1 to 65535; empty: what the SSH configuration says
     * @param identity file with a private key, as written: {@code ~/} and relative paths are still to be resolved
     * @param price of an hour, where known
     * @param vars variables that the inventory sets for it
     * @param fromInventory whether the inventory has it; else {@code host} may be an alias
     */
    record Remote(
            String name,
            Optional<String> user,
            String host,
            OptionalInt port,
            Optional<String> identity,
            Optional<Price> price,
            List<Setting> vars,
            boolean fromInventory)
            implements Target {
        /** Keeps a copy of the variables. */
        public Remote {
            vars = List.copyOf(vars);
        }
    }

    /**
     * What {@code text} means: {@code local}; a name in the inventory; an alias of the SSH configuration or
     * {@code [user@]host[:port]}, with IPv6 in brackets.
     *
     * @throws DeployException with {@link ExitCode#USAGE} if it is none of these
     */
    static Target parse(String text, Inventory inventory) {
        if (text.equals(LOCAL)) {
            return new Local();
        }
        return Optional.<Target>ofNullable(inventory.boxes().get(text))
                .orElseGet(() -> new TargetParser(text, inventory).parse());
    }
}
