package dev.flashvsr.deploy.inspect.pasted;

import java.util.List;
import java.util.Optional;

/**
 * Lines of a text that one command printed.
 *
 * @param host the machine, as the prompt or heading above it names it
 * @param command what was typed above it; empty where that is not in the text
 * @param windows whether it was typed at a prompt of Windows
 */
record Block(Kind kind, Optional<String> host, String command, boolean windows, List<String> lines) {
    Block {
        lines = List.copyOf(lines);
    }

    /** The lines as one text. */
    String text() {
        return String.join("\n", lines) + "\n";
    }

    /** The command above it, else the usual one for such an output. */
    String title() {
        return command.isEmpty() ? kind.usual() : command;
    }
}
