package dev.flashvsr.deploy.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.Entries;
import dev.flashvsr.deploy.box.EntryReader;
import dev.flashvsr.deploy.plan.BoxState;
import dev.flashvsr.deploy.plan.SurveyAnswer;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Asks the box for all that a plan needs: facts, checkpoints, attempts and every check, in one script and one answer. */
public final class Surveyor {
    /** Of one check. */
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(30);

    /** Of one check that reads all of the large files: time enough for 7 GB from a network volume at 4 MB/s. */
    private static final Duration DEEP_CHECK_LIMIT = Duration.ofMinutes(30);

    /** WORKERS of checks.sh. */
    private static final int CHECKS_AT_ONCE = 16;

    /** What the answer may take beyond the checks. */
    private static final Duration REST = Duration.ofSeconds(60);

    /** Of a cache. */
    private static final int MOST_ENTRIES = 1000;

    private final Playbook playbook;
    private final Map<String, String> values;
    private final RandomGenerator random;
    private final Clock clock;
    private final Duration limit;
    private final Duration deepLimit;

    /** With every variable's value; {@code root} where one is given. */
    public Surveyor(Playbook playbook, Map<String, String> values, RandomGenerator random, Clock clock) {
        this(playbook, values, random, clock, CHECK_LIMIT, DEEP_CHECK_LIMIT);
    }

    /** As above, with how long a check may take, and how long a deep one. */
    Surveyor(
            Playbook playbook,
            Map<String, String> values,
            RandomGenerator random,
            Clock clock,
            Duration limit,
            Duration deepLimit) {
        this.limit = limit;
        this.deepLimit = deepLimit;
        this.playbook = playbook;
        this.values = values;
        this.random = random;
        this.clock = clock;
    }

    /** Reads only. {@code deep}: checks hash large files again. */
    public Survey survey(Box box, boolean deep) {
        return ask(box, playbook.steps(), deep, ProbeRequest.NONE);
    }

    /** The same, and these probes beside it. */
    public Survey survey(Box box, ProbeRequest probes) {
        return ask(box, playbook.steps(), false, probes);
    }

    /** The state alone, without any check. */
    public Survey state(Box box) {
        return state(box, ProbeRequest.NONE);
    }

    /** The state and these probes. */
    public Survey state(Box box, ProbeRequest probes) {
        return ask(box, List.of(), false, probes);
    }

    private Survey ask(Box box, List<Step> steps, boolean deep, ProbeRequest probes) {
        Map<String, byte[]> request = new LinkedHashMap<>(probes.entries());
        Duration checkLimit = deep ? deepLimit : limit;
        put(request, "root", values.getOrDefault("root", ""));
        put(request, "limit", Long.toString(checkLimit.toSeconds()));
        if (deep) {
            put(request, "deep", "1");
        }
        put(request, "library.sh", playbook.library());
        put(request, "caches", String.join("\n", caches()));
        StringBuilder ids = new StringBuilder();
        for (Step step : steps) {
            ids.append(step.id()).append('\n');
            put(request, "steps/" + step.id() + "/script.sh", step.script());
            for (String name : step.inputs()) {
                put(request, "steps/" + step.id() + "/vars/" + name, values.getOrDefault(name, ""));
            }
        }
        put(request, "steps", ids.toString());
        SurveyAnswer said = new SurveyAnswer();
        EntryReader reader = new EntryReader(said::add);
        new BoxShell(box, random)
                .run(
                        BoxCommands.survey(),
                        BoxCommands.payload(request),
                        longer(checkLimit.multipliedBy(turns(steps)), probes.limit())
                                .plus(REST),
                        reader::take)
                .expectOk("look at the box");
        Entries answer = reader.end();
        BoxState state = said.read();
        String boxNow = state.facts().getOrDefault("now", "");
        Duration ahead = boxNow.matches("[0-9]{1,11}")
                ? Duration.between(clock.instant(), Instant.ofEpochSecond(Long.parseLong(boxNow)))
                : Duration.ZERO;
        Map<String, byte[]> answers = new LinkedHashMap<>();
        Entries probed = answer.under("probe");
        probed.names().forEach(name -> probed.bytes(name).ifPresent(bytes -> answers.put(name, bytes)));
        Map<String, Set<String>> kept = new LinkedHashMap<>();
        caches().forEach(cache -> answer.text("cache/" + cache)
                .ifPresent(names ->
                        kept.put(cache, names.lines().limit(MOST_ENTRIES).collect(Collectors.toSet()))));
        return new Survey(state, ahead, answers, kept);
    }

    private List<String> caches() {
        return playbook.steps().stream()
                .flatMap(step -> step.products().cache().stream())
                .distinct()
                .toList();
    }

    /** How many checks the box has to do after another, at most: one that hangs takes its whole limit. */
    private static int turns(List<Step> steps) {
        return Math.max(1, (steps.size() + CHECKS_AT_ONCE - 1) / CHECKS_AT_ONCE);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static void put(Map<String, byte[]> request, String name, String value) {
        request.put(name, value.getBytes(UTF_8));
    }
}
