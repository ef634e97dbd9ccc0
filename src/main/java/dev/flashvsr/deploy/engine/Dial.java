package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.box.Box;

/** Connects to the box, each time anew: the engine knows no kind of box. */
@FunctionalInterface
public interface Dial {
    /**
     * A new connection.
     *
     * @throws dev.flashvsr.deploy.problem.DeployException with exit status 3 when the box can't be reached
     */
    Box connect();
}
