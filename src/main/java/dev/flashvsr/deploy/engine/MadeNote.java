package dev.flashvsr.deploy.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.playbook.Step;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Notes on the box what lies below the root already, before anything is sent there ahead of a run: what comes then is ours,
 * and clean removes it. The runner notes the same before each attempt.
 */
public final class MadeNote {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private MadeNote() {}

    /** Before something is sent to where these steps would make it. */
    public static void before(BoxShell shell, String root, List<Step> steps) {
        shell.run(BoxCommands.note(root), BoxCommands.payload(request(steps)), LIMIT)
                .expectOk("note what lies below " + root);
    }

    /** The entries that name these steps and what they make. */
    static Map<String, byte[]> request(List<Step> steps) {
        Map<String, byte[]> request = new LinkedHashMap<>();
        request.put("steps", lines(steps.stream().map(Step::id).toList()));
        steps.forEach(step -> request.put(
                "steps/" + step.id() + "/makes", lines(step.products().makes())));
        return request;
    }

    private static byte[] lines(List<String> words) {
        return words.stream()
                .map(word -> word + "\n")
                .collect(Collectors.joining())
                .getBytes(UTF_8);
    }
}
