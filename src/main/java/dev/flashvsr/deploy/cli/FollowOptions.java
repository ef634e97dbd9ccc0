package dev.flashvsr.deploy.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How a run is followed. */
final class FollowOptions {
    @Option(
            names = "--reconnect-limit",
            paramLabel = "TIME",
            defaultValue = "15m",
            converter = DurationConverter.class,
            description = "How long to try to get a lost link back (default: ${DEFAULT-VALUE}).")
    Duration reconnectLimit = Duration.ofMinutes(15);
}
