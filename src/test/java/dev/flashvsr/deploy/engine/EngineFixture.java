package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.checkpoint.History;
import dev.flashvsr.deploy.event.RunEvent;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.Planner;
import dev.flashvsr.deploy.plan.Selection;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.PlaybookLoader;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import dev.flashvsr.deploy.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A playbook of two steps, a box that answers as written, and what a deployment needs beside them. */
final class EngineFixture {
    final ManualClock clock = new ManualClock();
    /** The boxes that are reached again, one after the other. */
    final Deque<Box> dial = new ArrayDeque<>();

    final Playbook playbook;

    private final List<RunEvent> heard = Collections.synchronizedList(new ArrayList<>());

    /** Writes its playbook into this directory. */
    EngineFixture(Path directory) throws IOException {
        Files.writeString(directory.resolve("playbook.yaml"), """
                version: 1
                name: small
                vars: {colour: red, size: "1"}
                secrets: [HF_TOKEN, OTHERS]
                steps:
                  - {id: a, title: First, check: 'true', run: 'true', inputs: [colour], secrets: [HF_TOKEN], makes: [src/a, downloads/a]}
                  - {id: b, title: Proof, check: 'true', run: 'true', verify: true}
                """);
        playbook = PlaybookLoader.load(directory);
    }

    Surveyor surveyor() {
        return new Surveyor(playbook, Map.of("root", "/w", "colour", "blue", "size", "1"), new Random(1), clock);
    }

    /** One where neither step is done, and which takes a run. */
    static ScriptedBox box() {
        return new ScriptedBox()
                .answering("survey", "root", "/w", "fact/now", "1000", "check/a", "no", "check/b", "no")
                .answering("submit", "started", "");
    }

    /** What is to be done on such a box: both steps. */
    Plan plan() {
        Survey survey = surveyor().survey(box(), false);
        return Planner.of(playbook, Map.of("root", "/w"), Selection.ALL).plan(survey.state(), History.NONE);
    }

    Survey survey() {
        return surveyor().state(box());
    }

    Context context() {
        return new Context(
                () -> Optional.ofNullable(dial.poll())
                        .orElseThrow(() -> new DeployException(ExitCode.UNREACHABLE, "nobody is there", "")),
                new Submitter("ann", "laptop"),
                Map.of("HF_TOKEN", Secret.of("hunter2-hunter2"), "OTHERS", Secret.of("no step names it")),
                heard::add,
                text -> text.replace("hunter2-hunter2", "***"),
                tail -> Optional.of("look at " + tail.size()),
                Duration.ofSeconds(30),
                new Random(2),
                clock,
                clock);
    }

    Deployment deployment() {
        return new Deployment(context());
    }

    /** What was told of this kind, the oldest first. */
    <T extends RunEvent> List<T> heard(Class<T> kind) {
        return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The follower of whatever run was submitted last. */
    static ScriptedBox.Play run(String events, Map<String, String> logs, String runner) {
        return (arguments, in, out) -> {
            Map<String, String> files = new HashMap<>(logs);
            files.put("runs/" + arguments.get(2) + "/events", events);
            return ScriptedBox.following(files, runner).play(arguments, in, out);
        };
    }
}
