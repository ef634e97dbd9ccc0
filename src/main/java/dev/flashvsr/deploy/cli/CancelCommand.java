package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.engine.Cancelled;
import dev.flashvsr.deploy.engine.Survey;
import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.json.JsonArray;
import dev.flashvsr.deploy.json.JsonObject;
import dev.flashvsr.deploy.problem.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends the run on the box. */
@Command(name = "cancel", description = "Ends the run on the box and everything that its steps started.")
final class CancelCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TARGET", description = Usage.TARGET)
    String target = "";

    @Mixin
    PlaybookOptions playbook = new PlaybookOptions();

    @Mixin
    TargetOptions connection = new TargetOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Work work = Work.read(Home.find(), playbook, Optional.of(target), connection);
        Connection to = Connection.to(work, connection, playbook, output);
        try (Box box = to.connect()) {
            Survey survey = to.surveyor(work).state(box);
            Optional<Cancelled> cancelled =
                    to.canceller().cancel(box, survey.state().root());
            if (output.json) {
                JsonObject.Builder json = JsonObject.builder();
                cancelled.ifPresent(ended -> json.put(ended.isOver() ? "cancelled" : "unfinished", ended.run())
                        .put("steps", JsonArray.ofStrings(ended.steps()))
                        .put("living", JsonArray.ofStrings(survivors(ended))));
                output.out().println(Json.compact(json.build()));
            } else {
                output.out()
                        .println(cancelled
                                .filter(Cancelled::isOver)
                                .map(ended -> "Cancelled the run " + ended.run() + " on " + box.label() + "."
                                        + ended(ended) + "\n'" + to.hints().again() + "' continues where it stopped.")
                                .or(() -> cancelled.map(ended ->
                                        "The run on " + box.label() + " is not over." + ended(ended) + living(ended)))
                                .orElse("Nothing runs on " + box.label() + " below "
                                        + survey.state().root() + "."));
            }
            return (cancelled.map(Cancelled::isOver).orElse(true) ? ExitCode.OK : ExitCode.FAILED).status();
        }
    }

    private static String ended(Cancelled run) {
        return run.steps().isEmpty() ? "" : " Ended: " + String.join(", ", run.steps()) + ".";
    }

    /** Each with its pids. */
    private static List<String> survivors(Cancelled run) {
        return Stream.concat(
                        run.runner().stream().map(pid -> "the runner (" + pid + ")"),
                        run.living().entrySet().stream().map(each -> each.getKey() + " (" + each.getValue() + ")"))
                .toList();
    }

    private static String living(Cancelled run) {
        return " These processes were told to end, and then killed, and are still there: "
                + String.join(", ", survivors(run))
                + ".\nA process that not even KILL ends waits for a disk or a driver that hangs: it ends when that answers, or when the"
                + " box is restarted. Then run 'cancel' again.";
    }
}
