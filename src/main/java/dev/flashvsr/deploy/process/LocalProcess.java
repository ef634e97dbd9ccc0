package dev.flashvsr.deploy.process;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A local command that runs, with its live streams: each must be read, or the command waits. */
public final class LocalProcess {
    private final Process process;

    LocalProcess(Process process) {
        this.process = process;
    }

    /** Its standard input; closing it is its end of file. */
    public OutputStream stdin() {
        return process.getOutputStream();
    }

    /** Its standard output. */
    public InputStream stdout() {
        return process.getInputStream();
    }

    /** Its standard error. */
    public InputStream stderr() {
        return process.getErrorStream();
    }

    /** Its exit status, 128 and the signal's number after a signal; empty when it has not ended in that time. */
    public OptionalInt await(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
                    ? OptionalInt.of(process.exitValue())
                    : OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    /** Ends it with all that it started. */
    public void end() {
        ProcessTree.end(process.toHandle());
    }
}
