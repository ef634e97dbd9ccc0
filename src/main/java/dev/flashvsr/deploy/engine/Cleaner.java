package dev.flashvsr.deploy.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.box.Box;
import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.box.Entries;
import dev.flashvsr.deploy.box.Said;
import dev.flashvsr.deploy.plan.CleanEnd;
import dev.flashvsr.deploy.plan.CleanList;
import dev.flashvsr.deploy.plan.CleanList.Left;
import dev.flashvsr.deploy.plan.CleanList.Removal;
import dev.flashvsr.deploy.plan.CleanList.Why;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.problem.DeployException;
import dev.flashvsr.deploy.problem.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Lists and removes what was made below the root of a box; the box's own record says what that is. */
public final class Cleaner {
    /** Sizes are asked for 20 s at the most. */
    private static final Duration LIST_LIMIT = Duration.ofSeconds(90);

    private final Context context;
    private final Playbook playbook;
    private final List<String> only;

    /** {@code only}: what these steps made alone; none: everything, the program's own files at last. */
    public Cleaner(Context context, Playbook playbook, List<String> only) {
        this.context = context;
        this.playbook = playbook;
        this.only = List.copyOf(only);
    }

    /** Reads only. */
    public CleanList list(Box box, String root) {
        Map<String, byte[]> request = selected();
        request.put("steps", lines(playbook.steps().stream().map(Step::id)));
        playbook.steps()
                .forEach(step -> request.put("steps/" + step.id() + "/makes", lines(step.products().makes().stream())));
        Entries answer = new BoxShell(box, context.random())
                .run(BoxCommands.clean(root, "list"), BoxCommands.payload(request), LIST_LIMIT)
                .expectOk("list what was made there")
                .entries();
        List<Removal> removals = new ArrayList<>();
        values(answer.under("take")).forEach(each -> removals.add(removal(each)));
        answer.text("trash").map(Lines::of).ifPresent(of -> removals.add(own(".deploy/trash", of)));
        answer.text("record").map(Lines::of).ifPresent(of -> removals.add(own(".deploy", of)));
        return new CleanList(
                removals, values(answer.under("leave")).map(Cleaner::left).toList());
    }

    /**
     * Removes what that list holds, as far as it is still so. It goes on to its end on the box when the link breaks.
     *
     * @param sees each path as it goes
     * @throws DeployException exit 5 when a run or a step is there; 6 when the link broke while it worked
     */
    public CleanEnd remove(Box box, String root, CleanList listed, Consumer<String> sees) {
        Map<String, byte[]> request = selected();
        request.put("run", SubmitCommand.newRun(context).getBytes(UTF_8));
        request.put("who", context.submitter().user().getBytes(UTF_8));
        request.put("from", context.submitter().host().getBytes(UTF_8));
        request.put(
                "since",
                Long.toString(context.clock().instant().getEpochSecond()).getBytes(UTF_8));
        request.put("agreed", lines(listed.removals().stream().map(Removal::path)));
        return new CleanStream(box.label(), sees)
                .read(
                        new BoxShell(box, context.random()),
                        BoxCommands.clean(root, "remove"),
                        BoxCommands.payload(request));
    }

    private Map<String, byte[]> selected() {
        Map<String, byte[]> request = new LinkedHashMap<>();
        request.put("only", lines(only.stream()));
        return request;
    }

    private static byte[] lines(Stream<String> words) {
        return words.map(word -> word + "\n").reduce("", String::concat).getBytes(UTF_8);
    }

    private static Stream<Map<String, String>> values(Entries entries) {
        return entries.names().stream().map(name -> Lines.of(entries.text(name).orElse("")));
    }

    private static Removal removal(Map<String, String> of) {
        List<String> steps = words(of, "steps");
        return new Removal(
                of.getOrDefault("path", ""),
                bytes(of),
                steps,
                words(of, "go").stream()
                        .filter(step -> !steps.contains(step))
                        .distinct()
                        .toList());
    }

    private static Removal own(String path, Map<String, String> of) {
        return new Removal(path, bytes(of), List.of(), List.of());
    }

    private static Left left(Map<String, String> of) {
        Why why = Arrays.stream(Why.values())
                .filter(value -> value.name().equalsIgnoreCase(of.getOrDefault("why", "")))
                .findFirst()
                .orElseThrow(() -> new DeployException(
                        ExitCode.UNFIT,
                        "The box's answer is not as agreed: something stays, and it does not say why.",
                        "Run the command again."));
        return new Left(
                of.getOrDefault("path", ""),
                words(of, "steps"),
                why,
                of.getOrDefault("what", "").strip());
    }

    private static List<String> words(Map<String, String> of, String name) {
        return Arrays.stream(of.getOrDefault(name, "").split(" "))
                .filter(word -> !word.isEmpty())
                .map(Said::line)
                .toList();
    }

    private static OptionalLong bytes(Map<String, String> of) {
        String kib = of.getOrDefault("kib", "");
        return kib.matches("[0-9]{1,15}") ? OptionalLong.of(Long.parseLong(kib) * 1024) : OptionalLong.empty();
    }
}
