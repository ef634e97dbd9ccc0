package dev.flashvsr.deploy.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Follows the run that is there. */
@Command(name = "attach", description = "Follows the run on the box to its end, whoever started it.")
final class AttachCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TARGET", description = Usage.TARGET)
    String target = "";

    @Mixin
    PlaybookOptions playbook = new PlaybookOptions();

    @Mixin
    FollowOptions follow = new FollowOptions();

    @Mixin
    CacheOptions cache = new CacheOptions();

    @Mixin
    TargetOptions connection = new TargetOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws InterruptedException {
        Work work = Work.read(Home.find(), playbook, Optional.of(target), connection);
        LocalState local = LocalState.open(output);
        Connection box = Connection.to(work, connection, playbook, output);
        RunOptions run = new RunOptions();
        run.follow = follow;
        return new AttachFlow(work, box, local, run, output, local.products(cache, work, !run.yes))
                .attach()
                .status();
    }
}
