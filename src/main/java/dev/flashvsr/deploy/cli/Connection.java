package dev.flashvsr.deploy.cli;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.console.BoxLine;
import dev.flashvsr.deploy.console.Hints;
import dev.flashvsr.deploy.engine.Canceller;
import dev.flashvsr.deploy.engine.Cleaner;
import dev.flashvsr.deploy.engine.Context;
import dev.flashvsr.deploy.engine.Dial;
import dev.flashvsr.deploy.engine.LogReader;
import dev.flashvsr.deploy.engine.Sleeper;
import dev.flashvsr.deploy.engine.StepFunctions;
import dev.flashvsr.deploy.engine.Submitter;
import dev.flashvsr.deploy.engine.Surveyor;
import dev.flashvsr.deploy.event.RunListener;
import dev.flashvsr.deploy.inventory.Target;
import dev.flashvsr.deploy.plan.BoxState;
import dev.flashvsr.deploy.plan.LastRun;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.progress.UrlCredentials;
import dev.flashvsr.deploy.secret.Redactor;
import dev.flashvsr.deploy.secret.Secret;
import dev.flashvsr.deploy.secret.SecretTrace;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The way to one box, and what is wired to it. */
final class Connection {
    private final String target;
    private final Hints hints;
    private final Dial dial;
    private final RandomGenerator random = new SecureRandom();
    private final Clock clock = ForwardClock.SYSTEM;

    private Connection(String target, Hints hints, Dial dial) {
        this.target = target;
        this.hints = hints;
        this.dial = dial;
    }

    /** To what the user named, by the way that was set out on. The other options are for the commands to go on with. */
    static Connection to(Work work, TargetOptions options, PlaybookOptions playbook, OutputOptions output) {
        return to(work, options, playbook, output, new Again());
    }

    /** The same; to go on takes these options again, which say what is planned. */
    static Connection to(
            Work work, TargetOptions options, PlaybookOptions playbook, OutputOptions output, Again planned) {
        Target target = work.target().orElseThrow();
        Dial dial = work.way().orElseThrow();
        Again again = new Again();
        playbook.addTo(again);
        options.addTo(again);
        output.addTo(again);
        Hints hints = Hints.of(Called.name(), Again.quoted(target.name()), again.toString(), planned.toString());
        return new Connection(target.name(), hints, dial);
    }

    /** By this way, under this name, with other commands to go on with. */
    static Connection to(Dial dial, String name, Hints hints) {
        return new Connection(name, hints, dial);
    }

    /** The commands that a person can go on with. */
    Hints hints() {
        return hints;
    }

    /** As the user named it. */
    String target() {
        return target;
    }

    Box connect() {
        return dial.connect();
    }

    Surveyor surveyor(Work work) {
        return new Surveyor(work.playbook(), work.values(), random, clock);
    }

    StepFunctions stepFunctions() {
        return new StepFunctions(random);
    }

    /** The plan with what its steps have on the box's disk already taken off their needs, where that makes a difference. */
    Plan afterTaking(Plan plan, Box box, BoxState state) {
        return DiskNeeds.less(plan, box, BoxLine.of(box.label(), state), random);
    }

    Canceller canceller() {
        return new Canceller(random);
    }

    Cleaner cleaner(Work work, List<String> only) {
        return new Cleaner(
                context(work, event -> {}, Redactor.of(List.of(), List.of()), Duration.ZERO), work.playbook(), only);
    }

    LogReader logReader(Work work, BoxState state) {
        return new LogReader(context(work, event -> {}, redactor(work, state), Duration.ZERO));
    }

    /** Takes out the secrets of this call, passwords in addresses of its environment, and those that the box's newest run had. */
    Redactor redactor(Work work, BoxState state) {
        List<Secret> secrets = new ArrayList<>(secrets(work).values());
        System.getenv().values().stream()
                .flatMap(value -> UrlCredentials.passwords(value).stream())
                .map(Secret::of)
                .forEach(secrets::add);
        return Redactor.of(
                secrets,
                state.lastRun()
                        .map(LastRun::secrets)
                        .map(lines -> SecretTrace.parseAll(String.join("\n", lines)))
                        .orElse(List.of()));
    }

    Context context(Work work, RunListener listener, Redactor redactor, Duration reconnectLimit) {
        return new Context(
                dial,
                Submitter.here(),
                secrets(work),
                listener,
                redactor::redact,
                tail -> Optional.empty(),
                reconnectLimit,
                random,
                Sleeper.REAL,
                clock);
    }

    private static Map<String, Secret> secrets(Work work) {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        List<String> names = work.playbook().secrets();
        names.forEach(name -> Optional.ofNullable(System.getenv(name))
                .filter(value -> !value.isEmpty())
                .ifPresent(value -> secrets.put(name, Secret.of(value))));
        return secrets;
    }
}
