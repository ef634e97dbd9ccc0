package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.engine.Cancelled;
import dev.flashvsr.deploy.engine.Survey;
import dev.flashvsr.deploy.json.Json;
import dev.flashvsr.deploy.json.JsonArray;
import dev.flashvsr.deploy.json.JsonObject;
import dev.flashvsr.deploy.problem.ExitCode;
import java.util.Optional;
import java.util.concurrent.Callable;
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
                cancelled.ifPresent(
                        ended -> json.put("cancelled", ended.run()).put("steps", JsonArray.ofStrings(ended.steps())));
                output.out().println(Json.compact(json.build()));
            } else {
                output.out()
                        .println(cancelled
                                .map(ended -> "Cancelled the run " + ended.run() + " on " + box.label() + "."
                                        + (ended.steps().isEmpty()
                                                ? ""
                                                : " Ended: " + String.join(", ", ended.steps()) + ".")
                                        + "\n'" + to.hints().again() + "' goes on where it stopped.")
                                .orElse("Nothing runs on " + box.label() + " below "
                                        + survey.state().root() + "."));
            }
            return ExitCode.OK.status();
        }
    }
}
