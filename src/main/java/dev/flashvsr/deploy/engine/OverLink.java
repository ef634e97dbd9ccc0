package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.LinkLostException;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.util.Optional;

/**
 * A box for what may be done again from its beginning, or goes on where it was: when the link breaks, it is restored and the
 * action runs once more. Used by one thread.
 */
public final class OverLink implements AutoCloseable {
    /** What is done with a box. */
    @FunctionalInterface
    public interface Action<T> {
        /**
         * Does it over this connection.
         *
         * @param works to be called when something came of it: a link that breaks again after that is a new loss, with the
         *     whole time limit before it
         * @throws LinkLostException when the connection broke: then it is called again, with another box
         */
        T with(Box box, Runnable works);
    }

    private final Context context;
    private final Reconnector reconnector;
    private Box box;
    private boolean open = true;

    /** Takes the box over. */
    public OverLink(Context context, Box box) {
        this.context = context;
        this.reconnector = context.reconnector();
        this.box = box;
    }

    /**
     * Does it, over as many connections as it takes.
     *
     * @param task for a message, such as {@code fetch the wheel}
     * @throws DeployException exit status 3 when the link was not back within the limit; or what the action throws
     */
    public <T> T run(String task, Action<T> action) throws InterruptedException {
        while (true) {
            String why;
            try {
                T value = action.with(box(), reconnector::works);
                reconnector.works();
                return value;
            } catch (LinkLostException e) {
                why = Optional.ofNullable(e.getMessage()).orElse("the connection broke");
                close();
            }
            Optional<Box> again = reconnector.reconnect(why);
            if (again.isEmpty()) {
                throw new DeployException(
                        ExitCode.UNREACHABLE,
                        "Can't " + task + ": the link to " + box.label() + " broke, and was not back within "
                                + context.reconnectLimit().toSeconds() + " s (" + why + ").",
                        "Run the same command again when the box can be reached: it goes on from there.");
            }
            box = again.get();
            open = true;
        }
    }

    /** The box that is connected now; {@link LinkLostException} where none is. */
    public Box box() {
        if (!open) {
            throw new LinkLostException("The link to " + box.label() + " is gone.");
        }
        return box;
    }

    /** Whether there is a connection; without one nothing more can be done. */
    public boolean isOpen() {
        return open;
    }

    /** The same box, and from now on the caller closes it. */
    public Box handOver() {
        Box alive = box();
        open = false;
        return alive;
    }

    /** Closes the connection, unless it was handed over. */
    @Override
    public void close() {
        if (open) {
            open = false;
            box.close();
        }
    }
}
