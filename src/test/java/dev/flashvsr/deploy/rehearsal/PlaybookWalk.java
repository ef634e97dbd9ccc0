package dev.flashvsr.deploy.rehearsal;

import dev.flashvsr.deploy.playbook.EnvFile;
import dev.flashvsr.deploy.playbook.Playbook;
import dev.flashvsr.deploy.playbook.PlaybookLoader;
import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.playbook.StepFile;
import dev.flashvsr.deploy.playbook.Variables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The unchanged playbook in a rehearsal's box, run step after step with nothing but bash and OpenSSH's client: what does
 * not work here is the playbook's or the stand-ins' fault, and not the engine's.
 */
final class PlaybookWalk implements AutoCloseable {
    private final Path state;
    private final Playbook playbook;
    private final Rehearsal rehearsal;
    private final Map<String, String> variables;

    /** In a new box in {@code state}, on a machine with the programs of the PATH {@code searched}. */
    PlaybookWalk(Path state, String searched) {
        this.state = state;
        playbook = PlaybookLoader.load(Path.of("playbooks/flashvsr"));
        Map<String, String> pins =
                Variables.resolve(playbook, EnvFile.load(Path.of("env/flashvsr.yaml")), List.of(), List.of());
        rehearsal = Rehearsal.start(state, pins, RehearsalBox.start(state, searched));
        variables = new LinkedHashMap<>(pins);
        variables.putAll(rehearsal.variables());
    }

    /** All that have something to do where apt-get brings everything. */
    List<Step> steps() {
        return playbook.steps().stream()
                .filter(step -> !step.id().equals("tools"))
                .toList();
    }

    RehearsalBox box() {
        return rehearsal.box();
    }

    @Override
    public void close() {
        rehearsal.close();
    }

    /** Takes away what shows that a step was done, and what would let it be done without much work. */
    void undo(String id) throws Exception {
        String root = "cd '" + rehearsal.box().root() + "' && ";
        ssh(root
                + switch (id) {
                    case "box" -> "rm -f box-seen";
                    case "system-packages" -> "rm -f ../bin/rehearsal-package";
                    case "conda" -> "rm -rf conda downloads/miniforge";
                    case "cuda-compiler" -> "rm -rf cuda cuda-home*";
                    case "flashvsr-source" -> "rm -rf FlashVSR";
                    case "block-sparse-attention" -> "rm -rf env/.done/block-sparse-attention wheels src";
                    case "weights" -> "rm -rf weights";
                    case "smoke" -> "rm -rf smoke";
                    default -> "rm -f env/.done/" + id;
                });
    }

    Answer check(Step step) throws Exception {
        return run(step, "check", "cd /");
    }

    Answer apply(Step step, int attempt) throws Exception {
        return run(
                step, "apply", "export STEP_ATTEMPT=" + attempt + " STEP_FILES=\"$STEP_DIR/files\"; cd \"$STEP_DIR\"");
    }

    /** Runs a function of a step in an environment like the one it has in a run. */
    private Answer run(Step step, String function, String before) throws Exception {
        Path directory = Files.createDirectories(state.resolve("steps").resolve(step.id()));
        for (Map.Entry<String, StepFile> file : step.files().entrySet()) {
            Path target = directory.resolve("files").resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.copy(file.getValue().path(), target, StandardCopyOption.REPLACE_EXISTING);
        }
        StringBuilder script = new StringBuilder();
        List<String> names = new ArrayList<>(step.inputs());
        names.add("root");
        for (String name : names) {
            script.append("export ")
                    .append(name)
                    .append('=')
                    .append(quoted(variables.get(name)))
                    .append('\n');
        }
        script.append(
                "export LC_ALL=C.UTF-8 STEP_ID=" + step.id() + " STEP_DIR=" + quoted(directory.toString()) + "\n");
        script.append(before).append('\n').append(playbook.library()).append('\n');
        script.append(step.script()).append('\n').append(function).append('\n');
        Path file = Files.writeString(directory.resolve(function + ".sh"), script);
        return ssh("exec bash -euo pipefail " + quoted(file.toString()) + " 2>&1 </dev/null");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    record Answer(int status, String out) {}

    Answer ssh(String command) throws IOException, InterruptedException {
        RehearsalBox box = rehearsal.box();
        Process process = new ProcessBuilder(
                        "ssh",
                        "-F",
                        "none",
                        "-o",
                        "BatchMode=yes",
                        "-o",
                        "IdentitiesOnly=yes",
                        "-o",
                        "UserKnownHostsFile=" + box.knownHosts(),
                        "-i",
                        box.identity().toString(),
                        "-p",
                        Integer.toString(box.port()),
                        box.user() + "@" + box.host(),
                        command)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), out);
    }
}
