package dev.flashvsr.deploy.progress;

/**
 * How far something is.
 *
 * @param fraction 0 to 1; it may go back when the next of several parts begins
 * @param label what was read for it, such as {@code [17/25]} or {@code 3/7, 2.9 GB, 30 MB/s}
 */
public record Progress(double fraction, String label) {
    /** Refuses a fraction that is none. */
    public Progress {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("no fraction: " + fraction);
        }
    }
}
