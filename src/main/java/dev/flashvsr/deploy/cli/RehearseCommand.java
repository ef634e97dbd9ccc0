package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.console.Hints;
import dev.flashvsr.deploy.console.JsonView;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.products.CacheTerms;
import dev.flashvsr.deploy.rehearsal.Rehearsal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole of {@code up}, against a box inside this machine. */
@Command(
        name = "rehearse",
        description = "Runs the whole of 'up' against an embedded SSH server in a box below the state directory."
                + " What needs a GPU or the internet is a stand-in, and is named.")
final class RehearseCommand implements Callable<Integer> {
    private static final String NAME = "rehearsal";

    @Option(names = "--fresh", description = "Begin with an empty box.")
    boolean fresh;

    @Option(
            names = "--fail-at",
            paramLabel = "STEP",
            description = "Make this step fail once, to see what then happens.")
    Optional<String> failAt = Optional.empty();

    @Mixin
    PlaybookOptions playbook = new PlaybookOptions();

    @Mixin
    SelectionOptions selection = new SelectionOptions();

    @Mixin
    CacheOptions cache = new CacheOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws InterruptedException {
        Work work = Work.read(Home.find(), playbook, Optional.empty());
        failAt.ifPresent(step -> Usage.knownStep(work, "--fail-at", step));
        LocalState local = LocalState.open(output);
        Path directory = local.directory().resolve("rehearsal");
        if (fresh) {
            Rehearsal.forget(directory);
        }
        try (Rehearsal rehearsal = Rehearsal.start(directory, work.values())) {
            rehearsal.box().failAt(failAt);
            say("A rehearsal, on a box inside this machine: " + rehearsal.box().root() + ". Stand-ins:");
            rehearsal.standIns().forEach(standIn -> say("  - " + standIn));
            RunOptions options = new RunOptions();
            options.yes = true;
            Connection to = connection(rehearsal);
            Work rehearsed = work.with(rehearsal.variables());
            // They are shown, not insisted on: this machine is not the box that they are for.
            ExitCode code = new UpFlow(
                            rehearsed,
                            to,
                            local,
                            options,
                            output,
                            Requirements.of(rehearsed, rehearsed.playbook().requires()),
                            // What stand-ins build is for no other box, and is forgotten with this one.
                            new ProductFlow(
                                    cache.in(directory, rehearsed.playbook()),
                                    CacheTerms.ALL,
                                    local.directory().resolve("results")))
                    .up(selection.selection());
            say("This was a rehearsal: what is listed above were stand-ins. Nothing was written outside "
                    + local.directory() + ".");
            return code.status();
        }
    }

    private Connection connection(Rehearsal rehearsal) {
        Again options = new Again();
        playbook.addTo(options);
        cache.addTo(options);
        output.addTo(options);
        String again = Called.name() + " rehearse" + new Again().with(selection.selection()) + options;
        String logs = "cat " + rehearsal.box().root() + "/.deploy/runs/*/steps/STEP/*/log";
        Hints hints = new Hints(logs, again, again, Called.name() + " rehearse" + options + " --fresh", again, again);
        return Connection.to(SshDial.to(rehearsal.box()), NAME, hints);
    }

    /** Beside the result and, where that is JSON, also in it. */
    private void say(String line) {
        output.err().println(line);
        if (output.json) {
            new JsonView(output.out()::println).on(new RunEvent.Notice(Instant.now(), line.strip()));
        }
    }
}
