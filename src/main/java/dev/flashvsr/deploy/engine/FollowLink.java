package dev.flashvsr.deploy.engine;

import java.io.IOException;
import java.util.Optional;

/** One connection's follower on the box. */
interface FollowLink extends AutoCloseable {
    /** Where to ask it for files. */
    FollowRequests requests();

    /** The next frame; empty when it ended by itself. Never waits for longer than a silent link takes to be noticed. */
    Optional<FollowFrame> next() throws IOException;

    @Override
    void close();
}
