package dev.flashvsr.deploy.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a run is started and followed. */
final class RunOptions {
    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask before the box is changed.")
    boolean yes;

    @Option(names = "--detach", description = "Submit the run and leave it to the box.")
    boolean detach;

    @Mixin
    FollowOptions follow = new FollowOptions();
}
