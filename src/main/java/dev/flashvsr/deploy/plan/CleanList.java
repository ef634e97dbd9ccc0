package dev.flashvsr.deploy.plan;

import java.util.List;
import java.util.OptionalLong;

/**
 * What clean would remove from a box, and what it would leave. Paths are relative to the root.
 *
 * @param removals in the order in which they go; the last may be the program's own files
 */
public record CleanList(List<Removal> removals, List<Left> left) {
    /** Copies the lists. */
    public CleanList {
        removals = List.copyOf(removals);
        left = List.copyOf(left);
    }

    /**
     * A file or directory that goes.
     *
     * @param bytes what it takes on the disk; empty: not told in time
     * @param steps that made it
     * @param alsoOf steps that lose something with it, because that lies within
     */
    public record Removal(String path, OptionalLong bytes, List<String> steps, List<String> alsoOf) {}

    /**
     * One that stays.
     *
     * @param steps that say they make it
     * @param what belongs to the reason: the steps that share it, the link on the way, the place of the mount
     */
    public record Left(String path, List<String> steps, Why why, String what) {}

    /** Why something stays. */
    public enum Why {
        /** It was there before the first attempt of any step that makes it. */
        FOUND,
        /** Steps that are not meant made it, too. */
        SHARED,
        /** The way to it leads over a symbolic link. */
        LINK,
        /** Another file system begins in it, at it or on the way to it. */
        MOUNT
    }
}
