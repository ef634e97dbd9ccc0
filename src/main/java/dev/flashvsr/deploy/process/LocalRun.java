package dev.flashvsr.deploy.process;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.PumpStreamHandler;

/** One run by Commons Exec, with what its defaults get wrong put right. */
final class LocalRun {
    /** Of each stream; more than anything that we ask this machine has to say. */
    static final int KEPT = 4 << 20;

    /** How long output is waited for after the end: a daemon that it left behind may hold the streams for ever. */
    private static final Duration STOP = Duration.ofMillis(500);

    private final LocalCommand command;
    private final Duration limit;

    LocalRun(LocalCommand command, Duration limit) {
        this.command = command;
        this.limit = limit;
    }

    LocalResult run() throws IOException {
        BoundedOutput output = new BoundedOutput(KEPT);
        BoundedOutput error = new BoundedOutput(KEPT);
        PumpStreamHandler streams = new PumpStreamHandler(
                output, error, new ByteArrayInputStream(command.input().getBytes(StandardCharsets.UTF_8)));
        // Without it the pumps are joined with no limit.
        streams.setStopTimeout(STOP);
        TreeWatchdog watchdog = new TreeWatchdog(limit);
        ExactExecutor executor = new ExactExecutor(command, streams);
        executor.setWatchdog(watchdog);
        // Exit statuses are data here, not exceptions.
        executor.setExitValues(null);
        int status;
        try {
            status = executor.execute(new CommandLine(command.arguments().get(0)), command.environment());
        } catch (ExecuteException e) {
            // Only the streams did not end in time; the status is there all the same.
            Optional<Integer> ended = watchdog.status();
            if (ended.isEmpty()) {
                throw e;
            }
            status = ended.get();
        }
        return new LocalResult(status, output.text(), error.text(), watchdog.timedOut());
    }
}
