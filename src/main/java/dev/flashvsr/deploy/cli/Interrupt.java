package dev.flashvsr.deploy.cli;

import java.io.PrintStream;

/**
 * Ctrl-C, a closed terminal, a signal: the Java machine ends the process (130 for Ctrl-C) and this says what that leaves
 * behind. What is said depends on how far the command has come.
 */
final class Interrupt implements AutoCloseable {
    private final PrintStream err;
    private final Thread hook = new Thread(this::interrupted, "interrupted");
    private volatile String words;
    private volatile Runnable first = () -> {};
    private volatile boolean ending;
    private volatile boolean over;

    private Interrupt(PrintStream err, String words) {
        this.err = err;
        this.words = words;
    }

    /** From now on an interruption says these words. */
    static Interrupt watch(PrintStream err, String words) {
        Interrupt interrupt = new Interrupt(err, words);
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    /** It says these from now on. */
    void says(String others) {
        words = others;
    }

    /** What is done before the words are said, such as to leave the terminal as it was. */
    void before(Runnable action) {
        first = action;
    }

    /** Whether the process is ending by a signal: nothing else is to be shown any more. */
    boolean isEnding() {
        return ending;
    }

    private void interrupted() {
        if (over) {
            return;
        }
        ending = true;
        first.run();
        err.println("\n" + words);
    }

    @Override
    public void close() {
        over = true;
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // Then the hook runs already; it has said its words, or finds that all is over.
        }
    }
}
