package dev.flashvsr.deploy.engine;

/** What can be asked of the follower on the box; paths are relative to {@code .deploy}. */
interface FollowRequests {
    /** Send this file from the offset on; a negative offset counts from its end. */
    void follow(String path, long offset);

    /** Send what is left of this file, say so, and follow it no longer. */
    void drop(String path);
}
