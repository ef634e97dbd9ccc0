package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.Box;

/** A box that is closed here unless it was handed over to what closes it. */
final class Handed implements AutoCloseable {
    private final Box box;
    private boolean over;

    Handed(Box box) {
        this.box = box;
    }

    Box box() {
        return box;
    }

    Box over() {
        over = true;
        return box;
    }

    @Override
    public void close() {
        if (!over) {
            box.close();
        }
    }
}
