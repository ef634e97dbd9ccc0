package dev.flashvsr.deploy.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.Entries;
import dev.flashvsr.deploy.plan.BoxState;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Asks the box for all that a plan needs: facts, checkpoints, attempts and every check, in one script and one answer. */
public final class Surveyor {
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(30);
    private static final Duration ANSWER_LIMIT = CHECK_LIMIT.plusSeconds(60);

    private final Playbook playbook;
    private final Map<String, String> values;
    private final RandomGenerator random;
    private final Clock clock;

    /** With every variable's value; {@code root} where one is given. */
    public Surveyor(Playbook playbook, Map<String, String> values, RandomGenerator random, Clock clock) {
        this.playbook = playbook;
        this.values = values;
        this.random = random;
        this.clock = clock;
    }

    /** Reads only. {@code deep}: checks hash large files again. */
    public Survey survey(Box box, boolean deep) {
        return ask(box, playbook.steps(), deep);
    }

    /** The state alone, without any check. */
    public Survey state(Box box) {
        return ask(box, List.of(), false);
    }

    private Survey ask(Box box, List<Step> steps, boolean deep) {
        Map<String, byte[]> request = new LinkedHashMap<>();
        put(request, "root", values.getOrDefault("root", ""));
        put(request, "limit", Long.toString(CHECK_LIMIT.toSeconds()));
        if (deep) {
            put(request, "deep", "1");
        }
        put(request, "library.sh", playbook.library());
        StringBuilder ids = new StringBuilder();
        for (Step step : steps) {
            ids.append(step.id()).append('\n');
            put(request, "steps/" + step.id() + "/script.sh", step.script());
            for (String name : step.inputs()) {
                put(request, "steps/" + step.id() + "/vars/" + name, values.getOrDefault(name, ""));
            }
        }
        put(request, "steps", ids.toString());
        Entries answer = new BoxShell(box, random)
                .run(BoxCommands.survey(), BoxCommands.payload(request), ANSWER_LIMIT)
                .expectOk("look at the box")
                .entries();
        Map<String, byte[]> entries = new LinkedHashMap<>();
        answer.names().forEach(name -> answer.bytes(name).ifPresent(bytes -> entries.put(name, bytes)));
        BoxState state = BoxState.parse(entries);
        String boxNow = state.facts().getOrDefault("now", "");
        Duration ahead = boxNow.matches("[0-9]{1,11}")
                ? Duration.between(clock.instant(), Instant.ofEpochSecond(Long.parseLong(boxNow)))
                : Duration.ZERO;
        return new Survey(state, ahead);
    }

    private static void put(Map<String, byte[]> request, String name, String value) {
        request.put(name, value.getBytes(UTF_8));
    }
}
