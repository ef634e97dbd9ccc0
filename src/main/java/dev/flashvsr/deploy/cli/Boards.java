package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.console.BoardView;
import dev.flashvsr.deploy.console.Hints;
import dev.flashvsr.deploy.console.Price;
import dev.flashvsr.deploy.console.TerminalSize;
import dev.flashvsr.deploy.process.LocalCommand;
import dev.flashvsr.deploy.process.LocalResult;
import java.time.Duration;
import java.util.Optional;

/** The live board on this terminal. */
final class Boards {
    private static final Duration STTY_LIMIT = Duration.ofSeconds(1);

    private Boards() {}

    /** One that draws already. */
    static BoardView open(OutputOptions output, Hints hints, Optional<Price> price) {
        BoardView board =
                new BoardView(output.out(), output.terminal().style(), hints, price, Boards::size, ForwardClock.SYSTEM);
        board.start();
        return board;
    }

    static TerminalSize size() {
        LocalResult stty = LocalCommand.of("sh", "-c", "stty size </dev/tty").run(STTY_LIMIT);
        return TerminalSize.ofStty(stty.output()).orElseGet(() -> TerminalSize.ofEnvironment(System.getenv()));
    }
}
