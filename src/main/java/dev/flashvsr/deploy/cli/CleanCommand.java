package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.checkpoint.Attempt;
import dev.flashvsr.deploy.engine.Cleaner;
import dev.flashvsr.deploy.plan.BoxState;
import dev.flashvsr.deploy.plan.CleanEnd;
import dev.flashvsr.deploy.plan.CleanList;
import dev.flashvsr.deploy.plan.Holder;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** List, ask, remove. */
@Command(
        name = "clean",
        description =
                "Removes what was made on the box below its root, and lists it first. Leaves alone what was there before.")
final class CleanCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TARGET", description = Usage.TARGET)
    String target = "";

    @Option(
            names = "--only",
            paramLabel = "STEP",
            split = ",",
            description = "What these steps made alone; the program's own files there stay.")
    List<String> only = new ArrayList<>();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask before anything is removed.")
    boolean yes;

    @Mixin
    PlaybookOptions playbook = new PlaybookOptions();

    @Mixin
    TargetOptions connection = new TargetOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Work work = Work.read(Home.find(), playbook, Optional.of(target), connection);
        only.forEach(step -> Usage.knownStep(work, "--only", step));
        Connection to = Connection.to(work, connection, playbook, output);
        try (Interrupt interrupt = Interrupt.watch(output.err(), "Nothing was changed.");
                Box box = to.connect()) {
            BoxState state = to.surveyor(work).state(box).state();
            refuseUnlessFree(box.label(), state, to);
            Cleaner cleaner = to.cleaner(work, only);
            CleanList list = cleaner.list(box, state.root());
            CleanView view = new CleanView(output, box.label(), state.root());
            view.list(list, StateDirectory.of(output.stateDir, System.getenv()));
            if (list.removals().isEmpty()) {
                return view.end(list, Optional.empty()).status();
            }
            if (!yes && !agreed(box.label())) {
                return view.refused(list).status();
            }
            interrupt.says("The removal on the box goes on; '" + Called.name() + " clean' says what is left.");
            CleanEnd end = cleaner.remove(box, state.root(), list, view::removed);
            return view.end(list, Optional.of(end)).status();
        }
    }

    private boolean agreed(String label) {
        TerminalPrompt person = new TerminalPrompt();
        return !output.json && person.attended() && person.yes("Remove this from " + label + "?");
    }

    private static void refuseUnlessFree(String label, BoxState state, Connection to) {
        state.holder().filter(Holder::alive).ifPresent(holder -> {
            throw Busy.by(holder, "a run", to);
        });
        state.steps().forEach((step, known) -> {
            if (known.attempt().filter(Attempt::running).isPresent()) {
                throw new DeployException(
                        ExitCode.BUSY,
                        "The step " + step + " of an earlier run still runs on " + label
                                + ", though the runner of that run is gone.",
                        "'" + to.hints().again() + "' takes it over, '"
                                + to.hints().cancel() + "' ends it.");
            }
        });
    }
}
