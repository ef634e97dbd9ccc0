package dev.flashvsr.deploy.process;

/**
 * How a local command ended.
 *
 * @param status its exit status; 128 and the signal's number when a signal ended it
 * @param output its standard output, read as UTF-8
 * @param error its standard error, likewise
 * @param timedOut whether it was ended at its time limit
 */
public record LocalResult(int status, String output, String error, boolean timedOut) {
    /** Whether it ended by itself with status 0. */
    public boolean ok() {
        return status == 0 && !timedOut;
    }
}
