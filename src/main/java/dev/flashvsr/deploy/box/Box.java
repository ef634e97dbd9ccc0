package dev.flashvsr.deploy.box;

import java.time.Duration;
import java.util.Optional;

/**
 * A machine that runs commands: the one port through which everything else speaks to it. It knows one thing, to start a
 * command under the user's login shell; framed answers, files and following are built on that, so that every kind of box
 * behaves the same.
 */
public interface Box extends AutoCloseable {
    /** What the user calls it, such as {@code root@203.0.113.7:40022} or {@code local}. */
    String label();

    /**
     * Starts a command line as {@code sshd} does: by the login shell's {@code -c}.
     *
     * @throws LinkLostException when the box can't be reached any more
     */
    BoxProcess start(String commandLine);

    /** The fingerprint of the host key that it has shown, as OpenSSH prints it; empty where it is not reached by SSH. */
    default Optional<String> hostKey() {
        return Optional.empty();
    }

    /**
     * How long a word takes to the box and back: the shortest that was seen on this connection. Endless while none was, zero
     * for this machine.
     */
    Duration roundTrip();

    /** Lets go of the connection; what runs on the box in sessions of its own goes on. Never blocks for long. */
    @Override
    void close();
}
