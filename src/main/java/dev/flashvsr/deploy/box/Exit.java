package dev.flashvsr.deploy.box;

/** How a command on a box ended. */
public sealed interface Exit {
    /** It ended by itself, with this status. */
    record Exited(int status) implements Exit {}

    /** A signal ended it; the name is without {@code SIG}. */
    record Signalled(String name) implements Exit {}

    /** Nobody can say: the link was lost, or the time was up. */
    record Lost(String why) implements Exit {}
}
