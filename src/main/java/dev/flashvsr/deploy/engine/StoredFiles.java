package dev.flashvsr.deploy.engine;

import dev.flashvsr.deploy.box.BoxShell;
import dev.flashvsr.deploy.plan.Plan;
import dev.flashvsr.deploy.plan.PlannedStep;
import dev.flashvsr.deploy.playbook.Step;
import dev.flashvsr.deploy.playbook.StepFile;
import dev.flashvsr.deploy.transfer.LocalFile;
import dev.flashvsr.deploy.transfer.TransferProgress;
import dev.flashvsr.deploy.transfer.Upload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files of steps that are too large for a bundle. They lie on the box once, in {@code <root>/.deploy/files/<sha256>}, and
 * the bundle only names them: docs/box-protocol.md, section 4.
 */
final class StoredFiles {
    /** The largest that travels in the bundle, which is read whole into memory and over one channel. */
    static final long IN_BUNDLE = 1 << 20;

    private StoredFiles() {}

    /** Whether it goes on its own way. */
    static boolean isLarge(StepFile file) {
        return file.size() > IN_BUNDLE;
    }

    /** What the bundle says of a step's large files, a line each. */
    static List<String> linesFor(Step step) {
        return step.files().entrySet().stream()
                .filter(entry -> isLarge(entry.getValue()))
                .map(entry -> entry.getValue().sha256() + " " + entry.getValue().size() + " " + entry.getKey())
                .toList();
    }

    /**
     * Sends those that are not there yet, each content once.
     *
     * @param lastBegun is called, more than once, from the moment on when the last of them has its channel: then another one
     *     may be opened without taking it from a file, where a server has few
     */
    static void send(BoxShell shell, Plan plan, Runnable lastBegun) {
        Map<String, StepFile> byContent = new LinkedHashMap<>();
        plan.steps().stream()
                .map(PlannedStep::step)
                .flatMap(step -> step.files().values().stream())
                .filter(StoredFiles::isLarge)
                .forEach(file -> byContent.put(file.sha256(), file));
        String root = plan.root().orElseThrow();
        String directory = root + "/.deploy/files/";
        Upload upload = new Upload(shell).notingRoot(root);
        int left = byContent.size();
        for (Map.Entry<String, StepFile> next : byContent.entrySet()) {
            StepFile file = next.getValue();
            left--;
            upload.send(
                    new LocalFile(file.path(), file.size(), next.getKey()),
                    directory + next.getKey(),
                    left > 0 ? TransferProgress.none() : moved -> lastBegun.run());
        }
    }
}
