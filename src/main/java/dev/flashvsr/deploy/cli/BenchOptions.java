package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.inspect.bench.Bench;
import dev.flashvsr.deploy.inspect.catalogue.Language;
import dev.flashvsr.deploy.inspect.probe.Evidence;
import dev.flashvsr.deploy.plan.BoxState;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.security.SecureRandom;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether a box is measured, too: asked before, since it loads the card and the disk. */
final class BenchOptions {
    @Option(
            names = "--bench",
            description = "Also measure the card, the disk and the line to the box (at most two minutes; asks before).")
    boolean bench;

    @Option(
            names = {"-y", "--yes"},
            description = "Measure without a question.")
    boolean yes;

    /**
     * Asks where it has to be asked.
     *
     * @throws DeployException exit 2 where nobody can agree, or did not; before anything is run
     */
    void agree(OutputOptions output, Language language, Optional<String> target) {
        if (yes && !bench) {
            throw new DeployException(
                    ExitCode.USAGE, "--yes agrees to a measurement, and none is asked for.", "Give --bench with it.");
        }
        if (bench && target.isEmpty()) {
            throw new DeployException(
                    ExitCode.USAGE, "A file can't be measured.", "Leave out --bench, or name the box.");
        }
        if (!bench || yes) {
            return;
        }
        TerminalPrompt person = new TerminalPrompt();
        if (output.json || !person.attended()) {
            throw new DeployException(
                    ExitCode.USAGE,
                    "Nothing was run: " + (output.json ? "--json asks nothing" : "without a terminal nobody can agree")
                            + " to a measurement.",
                    "Give --yes to measure without a question, or leave out --bench.");
        }
        if (!person.yes(Bench.QUESTION.in(language))) {
            throw new DeployException(
                    ExitCode.USAGE, "Nothing was run: the measurement was not agreed to.", "Leave out --bench.");
        }
    }

    /** What was measured, where it was asked for; {@code seen} is what the probes found. */
    Evidence measure(Box box, BoxState state, Evidence seen, OutputOptions output, Language language) {
        if (!bench) {
            return Evidence.NONE;
        }
        if (state.busy()) {
            return Bench.refused("a run works on this box; measure when it has ended");
        }
        return new Bench(box, new SecureRandom()).run(state.root(), seen, part -> {
            if (!output.json) {
                output.err().println(part.title().in(language) + " ...");
            }
        });
    }
}
