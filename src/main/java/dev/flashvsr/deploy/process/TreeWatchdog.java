package dev.flashvsr.deploy.process;

import java.time.Duration;
import java.util.Optional;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.Watchdog;

/** Ends a command at its time limit with all its descendants; the library's own ends the child alone, and only asks it. */
final class TreeWatchdog extends ExecuteWatchdog {
    private volatile Optional<Process> watched = Optional.empty();
    private volatile boolean timedOut;

    // The builder that replaces this constructor makes only the library's own class.
    @SuppressWarnings("deprecation")
    TreeWatchdog(Duration limit) {
        super(Math.max(1, limit.toMillis()));
    }

    @Override
    public synchronized void start(Process process) {
        watched = Optional.of(process);
        super.start(process);
    }

    // Not synchronized: the library's stop() must not wait while we give the processes their time to end.
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void timeoutOccured(Watchdog watchdog) {
        watched.filter(Process::isAlive).ifPresent(process -> {
            timedOut = true;
            ProcessTree.end(process.toHandle());
        });
        super.timeoutOccured(watchdog);
    }

    boolean timedOut() {
        return timedOut;
    }

    Optional<Integer> status() {
        return watched.filter(process -> !process.isAlive()).map(Process::exitValue);
    }
}
